// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import OpenStack
import Resources
import SiteKinds
import Synchronization

@testable import ManagementKinds

func object(
    _ type: ResourceType, _ name: String, in organization: String = "", namespace: String = "", spec: JSON? = nil
) -> Object {
    Object(type.kind, key: ObjectKey(organization: organization, namespace: namespace, name: name), spec: spec)
}

/// A Secret in `scs-system` at the root.
func secret(_ name: String, _ texts: [String: String]) -> Object {
    var object = object(.secret, name, namespace: CredentialSecret.namespace)
    let data = texts.sorted { $0.key < $1.key }.map { key, text in
        (key, JSON.string(Data(text.utf8).base64EncodedString()))
    }
    object.tree["data"] = .object(JSONObject(data))
    return object
}

let cloudsFile = """
    clouds:
      demo:
        region_name: one
        auth:
          auth_url: http://keystone.example/v3
          username: demo
          password: hunter2
          project_name: demo
    """

/// What a world remembers of calls, and answers when asked.
final class Recorder<State: Sendable>: Sendable {
    private let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }

    var now: State { state.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ body: (inout State) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }
}

let unreachable = OpenStackError(.unreachable, operation: "ask", said: "no route")
