// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources

/// Writes Kubernetes Events about objects, for `kubectl describe`.
///
/// The same news of the same object is one Event that counts, so their number is bounded by the kinds of news. An Event
/// that cannot be written is dropped: nothing may depend on one.
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
package struct EventRecorder: Sendable {
    package enum Severity: String, Sendable {
        case normal = "Normal"
        case warning = "Warning"
    }

    package static let type = ResourceType(group: "", version: "v1", kind: "Event", plural: "events")

    private let client: any ObjectClient
    private let component: String
    private let time: Timekeeper

    package init(_ client: any ObjectClient, component: String, time: Timekeeper) {
        self.client = client
        self.component = component
        self.time = time
    }

    package func record(_ severity: Severity, _ reason: String, _ message: String, about object: Object) async {
        let event = event(severity, reason, message, about: object)
        do {
            _ = try await client.create(Self.type, event, WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            await count(event)
        } catch {
            return
        }
    }

    private func count(_ event: Object) async {
        guard let known = try? await client.find(Self.type, event.key) else { return }
        let patch: JSON = [
            "count": .integer((known.tree["count"]?.integer ?? 1) + 1), "lastTimestamp": .string(time.timestamp),
        ]
        _ = try? await client.patch(Self.type, event.key, .merge(patch), WriteOptions())
    }

    private func event(_ severity: Severity, _ reason: String, _ message: String, about object: Object) -> Object {
        let metadata = object.metadata
        let message = String(message.prefix(1024))
        let namespace = metadata.namespace.isEmpty ? "default" : metadata.namespace
        let name = "\(metadata.name.prefix(200)).\(Self.digest("\(metadata.uid ?? "")|\(reason)|\(message)"))"
        let key = ObjectKey(organization: object.organization, namespace: namespace, name: name)
        var event = Object(Self.type.kind, key: key)
        var involved: JSON = [
            "apiVersion": .string(object.apiVersion), "kind": .string(object.kind), "name": .string(metadata.name),
            "uid": .string(metadata.uid ?? ""),
        ]
        if !metadata.namespace.isEmpty { involved["namespace"] = .string(metadata.namespace) }
        event.tree["involvedObject"] = involved
        event.tree["type"] = .string(severity.rawValue)
        event.tree["reason"] = .string(reason)
        event.tree["message"] = .string(message)
        event.tree["source"] = ["component": .string(component)]
        event.tree["reportingComponent"] = .string(component)
        event.tree["reportingInstance"] = .string(component)
        event.tree["firstTimestamp"] = .string(time.timestamp)
        event.tree["lastTimestamp"] = .string(time.timestamp)
        event.tree["count"] = 1
        return event
    }

    /// FNV-1a, 64 bits: the same on every machine and run.
    private static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
