// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Something that happened to an object, told to people; gone an hour after the last time.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
enum Event {
    static let type = ResourceType(group: "", version: "v1", kind: "Event", plural: "events")

    static let kind = Kind(
        group: "", names: Kind.Names(kind: "Event", plural: "events", shortNames: ["ev"]),
        versions: [KindVersion(name: "v1", schema: schema, columns: columns, hasStatus: false)],
        selectableFields: selectableFields, issues: issues)

    private static let columns = [
        Column("Last Seen", type: "date", path: ".lastTimestamp"), Column("Type", path: ".type"),
        Column("Reason", path: ".reason"), Column("Kind", path: ".involvedObject.kind"),
        Column("Object", path: ".involvedObject.name"), Column("Message", path: ".message"),
        Column("Source", path: ".source.component", priority: 1),
        Column("Count", type: "integer", path: ".count", priority: 1),
    ]

    /// As upstream; `kubectl describe` asks by them.
    private static let selectableFields: [String: JSONPath] = [
        "involvedObject.kind": ".involvedObject.kind", "involvedObject.namespace": ".involvedObject.namespace",
        "involvedObject.name": ".involvedObject.name", "involvedObject.uid": ".involvedObject.uid",
        "involvedObject.apiVersion": ".involvedObject.apiVersion",
        "involvedObject.resourceVersion": ".involvedObject.resourceVersion",
        "involvedObject.fieldPath": ".involvedObject.fieldPath", "reason": ".reason",
        "reportingComponent": ".reportingComponent", "source": ".source.component", "type": ".type",
    ]

    /// An event stands beside what it is about; about a cluster-scoped object it stands in `default`.
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        let about = new.tree["involvedObject"]?["namespace"]?.string ?? ""
        let namespace = new.metadata.namespace
        guard about.isEmpty ? namespace != "default" && namespace != "kube-system" : about != namespace else {
            return []
        }
        return [
            FieldIssue(
                path: "involvedObject.namespace", value: .string(about), message: "does not match event.namespace")
        ]
    }
}
