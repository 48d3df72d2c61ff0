# SPDX-License-Identifier: Apache-2.0
"""The Kubernetes client for Python, unmodified, against a server whose kubeconfig KUBECONFIG names."""

import copy
import os
import threading
import time
import unittest
import uuid

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.rest import ApiException
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock

NAMESPACE = "python"
GROUP = "networking.scs.community"
DEADLINE = 30


def setUpModule():
    config.load_kube_config()
    body = client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE))
    try:
        client.CoreV1Api().create_namespace(body)
    except ApiException as error:
        if error.status != 409:
            raise


def name(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def config_map(prefix="page", **data):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name(prefix), labels={"set": prefix}), data=data)


class Typed(unittest.TestCase):
    def setUp(self):
        self.core = client.CoreV1Api()

    def test_create_read_replace_delete(self):
        made = self.core.create_namespaced_config_map(NAMESPACE, config_map(a="1"))
        made.data["a"] = "2"
        replaced = self.core.replace_namespaced_config_map(made.metadata.name, NAMESPACE, made)
        self.assertNotEqual(made.metadata.resource_version, replaced.metadata.resource_version)
        with self.assertRaises(ApiException) as raised:
            self.core.replace_namespaced_config_map(made.metadata.name, NAMESPACE, made)
        self.assertEqual((raised.exception.status, raised.exception.reason), (409, "Conflict"))
        self.core.delete_namespaced_config_map(made.metadata.name, NAMESPACE)
        with self.assertRaises(ApiException) as raised:
            self.core.read_namespaced_config_map(made.metadata.name, NAMESPACE)
        self.assertEqual(raised.exception.status, 404)
        self.assertIn('"reason":"NotFound"', raised.exception.body)

    def test_secret_and_service_account(self):
        secret = client.V1Secret(metadata=client.V1ObjectMeta(generate_name="door-"), string_data={"code": "1234"})
        made = self.core.create_namespaced_secret(NAMESPACE, secret)
        self.assertEqual(made.data, {"code": "MTIzNA=="})
        self.assertTrue(made.metadata.name.startswith("door-"))
        account = client.V1ServiceAccount(metadata=client.V1ObjectMeta(name=name("robot")))
        self.core.create_namespaced_service_account(NAMESPACE, account)

    def test_patch_types(self):
        made = self.core.create_namespaced_config_map(NAMESPACE, config_map(a="1", b="2"))
        bodies = {
            "application/strategic-merge-patch+json": {"data": {"a": "3"}},
            "application/merge-patch+json": {"data": {"b": None}},
            "application/json-patch+json": [{"op": "add", "path": "/data/c", "value": "4"}],
        }
        for kind, body in bodies.items():
            self.core.patch_namespaced_config_map(made.metadata.name, NAMESPACE, body, _content_type=kind)
        read = self.core.read_namespaced_config_map(made.metadata.name, NAMESPACE)
        self.assertEqual(read.data, {"a": "3", "c": "4"})
        patched = self.core.patch_namespaced_config_map(made.metadata.name, NAMESPACE, {"data": {"d": "5"}})
        self.assertEqual(patched.data["d"], "5")
        listed = self.core.patch_namespaced_config_map(
            made.metadata.name, NAMESPACE, [{"op": "remove", "path": "/data/d"}])
        self.assertNotIn("d", listed.data)

    def test_pages(self):
        leaf = name("leaf")
        for number in range(7):
            self.core.create_namespaced_config_map(NAMESPACE, config_map(leaf, n=str(number)))
        pages, token = [], None
        while True:
            page = self.core.list_namespaced_config_map(NAMESPACE, label_selector="set=" + leaf, limit=3, _continue=token)
            pages.append(len(page.items))
            token = page.metadata._continue
            if not token:
                break
        self.assertEqual(pages, [3, 3, 1])

    def test_errors_say_what_is_wrong(self):
        with self.assertRaises(ApiException) as raised:
            self.core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "Not A Name"}})
        self.assertEqual(raised.exception.status, 422)
        self.assertIn("metadata.name", raised.exception.body)
        with self.assertRaises(ApiException) as raised:
            self.core.list_namespaced_config_map(NAMESPACE, _continue="nonsense")
        self.assertEqual(raised.exception.status, 400)

    def test_exec_is_refused_with_a_status(self):
        from kubernetes.stream import stream
        with self.assertRaises(ApiException) as raised:
            stream(self.core.connect_get_namespaced_pod_exec, "none", NAMESPACE, command=["true"], stdout=True)
        self.assertIn("404", str(raised.exception))

    def test_access_reviews(self):
        api = client.AuthorizationV1Api()
        attributes = client.V1ResourceAttributes(namespace=NAMESPACE, verb="create", resource="configmaps")
        review = api.create_self_subject_access_review(
            client.V1SelfSubjectAccessReview(spec=client.V1SelfSubjectAccessReviewSpec(resource_attributes=attributes)))
        self.assertTrue(review.status.allowed)
        self.assertEqual(client.VersionApi().get_code().major, "1")

    def test_manifests(self):
        made = name("manifest")
        utils.create_from_dict(
            client.ApiClient(), {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": made}},
            namespace=NAMESPACE)
        self.assertEqual(self.core.read_namespaced_config_map(made, NAMESPACE).metadata.name, made)


class Tokens(unittest.TestCase):
    def test_a_token_logs_in(self):
        core, account = client.CoreV1Api(), name("robot")
        core.create_namespaced_service_account(
            NAMESPACE, client.V1ServiceAccount(metadata=client.V1ObjectMeta(name=account)))
        request = client.AuthenticationV1TokenRequest(
            spec=client.V1TokenRequestSpec(audiences=[], expiration_seconds=3600))
        token = core.create_namespaced_service_account_token(account, NAMESPACE, request).status.token
        settings = copy.copy(client.Configuration.get_default_copy())
        settings.cert_file = settings.key_file = None
        settings.api_key = {"authorization": "Bearer " + token}
        robot = client.ApiClient(settings)
        who = client.AuthenticationV1Api(robot).create_self_subject_review(client.V1SelfSubjectReview())
        self.assertEqual(who.status.user_info.username, f"system:serviceaccount:{NAMESPACE}:{account}")
        with self.assertRaises(ApiException) as raised:
            client.CoreV1Api(robot).list_namespaced_secret(NAMESPACE)
        self.assertEqual(raised.exception.status, 403)
        settings.api_key = {"authorization": "Bearer nonsense"}
        with self.assertRaises(ApiException) as raised:
            client.CoreV1Api(client.ApiClient(settings)).list_namespaced_secret(NAMESPACE)
        self.assertEqual(raised.exception.status, 401)


class Custom(unittest.TestCase):
    def test_custom_objects(self):
        api, made = client.CustomObjectsApi(), name("net")
        place = (GROUP, "v1alpha1", NAMESPACE, "networks")
        body = {
            "apiVersion": GROUP + "/v1alpha1", "kind": "Network", "metadata": {"name": made},
            "spec": {"site": "stuttgart", "subnets": [{"name": "a", "cidr": "10.9.0.0/24"}]},
        }
        api.create_namespaced_custom_object(*place, body)
        patched = api.patch_namespaced_custom_object(*place, made, {"metadata": {"labels": {"a": "b"}}})
        self.assertEqual(patched["metadata"]["labels"], {"a": "b"})
        listed = api.list_namespaced_custom_object(*place, label_selector="a=b")
        self.assertIn(made, [item["metadata"]["name"] for item in listed["items"]])
        self.assertEqual(api.get_namespaced_custom_object_status(*place, made)["metadata"]["name"], made)
        api.delete_namespaced_custom_object(*place, made)

    def test_definitions(self):
        names = [item.metadata.name for item in
                 client.ApiextensionsV1Api().list_custom_resource_definition().items]
        self.assertIn("networks.networking.scs.community", names)


class Dynamic(unittest.TestCase):
    def setUp(self):
        self.client = dynamic.DynamicClient(client.ApiClient())
        self.maps = self.client.resources.get(api_version="v1", kind="ConfigMap")

    def test_life(self):
        networks = self.client.resources.get(api_version=GROUP + "/v1alpha1", kind="Network")
        self.assertTrue(networks.namespaced)
        made = name("dyn")
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": made}, "data": {"a": "1"}}
        self.maps.create(body=body, namespace=NAMESPACE)
        self.maps.patch(
            body={"data": {"a": "2"}}, name=made, namespace=NAMESPACE, content_type="application/merge-patch+json")
        self.assertEqual(self.maps.get(name=made, namespace=NAMESPACE).data.a, "2")
        applied = self.maps.server_side_apply(
            body={**body, "data": {"b": "1"}}, name=made, namespace=NAMESPACE, field_manager="python",
            force_conflicts=True)
        self.assertEqual(applied.data.to_dict(), {"a": "2", "b": "1"})
        self.maps.delete(name=made, namespace=NAMESPACE)
        with self.assertRaises(dynamic.exceptions.NotFoundError):
            self.maps.get(name=made, namespace=NAMESPACE)

    def test_watch(self):
        made, seen = name("seen"), []
        version = self.maps.get(namespace=NAMESPACE).metadata.resourceVersion
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": made}}
        self.maps.create(body=body, namespace=NAMESPACE)
        self.maps.delete(name=made, namespace=NAMESPACE)
        for event in self.maps.watch(
                namespace=NAMESPACE, resource_version=version, field_selector="metadata.name=" + made, timeout=DEADLINE):
            seen.append(event["type"])
            if event["type"] == "DELETED":
                break
        self.assertEqual(seen, ["ADDED", "DELETED"])


class Watches(unittest.TestCase):
    def test_informer_like_loop(self):
        """List, then watch from there; the copy that this keeps is the truth."""
        core, known = client.CoreV1Api(), {}
        listed = core.list_namespaced_config_map(NAMESPACE, label_selector="set=inform")
        made = [core.create_namespaced_config_map(NAMESPACE, config_map("inform", n=str(n))) for n in range(3)]
        core.patch_namespaced_config_map(made[0].metadata.name, NAMESPACE, {"data": {"n": "9"}})
        core.delete_namespaced_config_map(made[1].metadata.name, NAMESPACE)
        events = 0
        watcher = watch.Watch()
        for event in watcher.stream(
                core.list_namespaced_config_map, NAMESPACE, label_selector="set=inform",
                resource_version=listed.metadata.resource_version, timeout_seconds=DEADLINE, allow_watch_bookmarks=True):
            if event["type"] == "BOOKMARK":
                continue
            key = event["object"].metadata.name
            known.pop(key, None) if event["type"] == "DELETED" else known.update({key: event["object"].data["n"]})
            events += 1
            if events == 5:
                watcher.stop()
        self.assertEqual(known, {made[0].metadata.name: "9", made[2].metadata.name: "2"})

    def test_a_watch_ends_in_its_time(self):
        start = time.monotonic()
        for _ in watch.Watch().stream(
                client.CoreV1Api().list_namespaced_config_map, NAMESPACE, label_selector="none=such",
                timeout_seconds=1):
            self.fail("there is nothing to tell")
        self.assertLess(time.monotonic() - start, DEADLINE)


class Leaders(unittest.TestCase):
    def test_one_leads_and_the_other_follows(self):
        lock, led, followed, stop = name("leader"), [], [], threading.Event()

        def candidate(who):
            settings = electionconfig.Config(
                ConfigMapLock(lock, NAMESPACE, who), lease_duration=8, renew_deadline=5, retry_period=1,
                onstarted_leading=lambda: (led.append(who), stop.wait(DEADLINE)), onstopped_leading=lambda: None)
            election = leaderelection.LeaderElection(settings)
            threading.Thread(target=election.run, daemon=True).start()

        candidate("anna")
        self.wait(lambda: led == ["anna"])
        candidate("berta")
        core = client.CoreV1Api()
        first = core.read_namespaced_config_map(lock, NAMESPACE).metadata.resource_version
        self.wait(lambda: core.read_namespaced_config_map(lock, NAMESPACE).metadata.resource_version != first)
        self.assertEqual(led, ["anna"])
        stop.set()

    def test_leases(self):
        api, made = client.CoordinationV1Api(), name("lease")
        spec = client.V1LeaseSpec(holder_identity="anna", lease_duration_seconds=15)
        lease = api.create_namespaced_lease(NAMESPACE, client.V1Lease(metadata={"name": made}, spec=spec))
        lease.spec.holder_identity = "berta"
        taken = api.replace_namespaced_lease(made, NAMESPACE, lease)
        self.assertEqual(taken.spec.holder_identity, "berta")
        with self.assertRaises(ApiException) as raised:
            api.replace_namespaced_lease(made, NAMESPACE, lease)
        self.assertEqual(raised.exception.status, 409)

    def wait(self, condition):
        end = time.monotonic() + DEADLINE
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not come in time")
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main(verbosity=2)
