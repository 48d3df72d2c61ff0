// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// One line of an object's health, in `status.conditions`.
///
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md
package struct Condition: Codable, Hashable, Sendable {
    /// Whether the condition holds, as the wire spells it.
    package enum Truth: String, Codable, Hashable, Sendable {
        case yes = "True"
        case no = "False"
        case unknown = "Unknown"
    }

    package var type: String
    package var status: Truth
    /// UpperCamel, listed in the kind's README.
    package var reason: String
    package var message: String
    /// The generation that this line is about.
    package var observedGeneration: Int64?
    /// RFC 3339; moves only when `status` does.
    package var lastTransitionTime: String

    package init(
        type: String, status: Truth, reason: String, message: String = "", observedGeneration: Int64? = nil,
        lastTransitionTime: String
    ) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
        self.observedGeneration = observedGeneration
        self.lastTransitionTime = lastTransitionTime
    }
}

extension [Condition] {
    package subscript(type: String) -> Condition? { first { $0.type == type } }

    /// Puts a condition in the place of the one of its type; keeps the old transition time when the status did not move.
    package mutating func set(_ condition: Condition) {
        guard let index = firstIndex(where: { $0.type == condition.type }) else { return append(condition) }
        var condition = condition
        if self[index].status == condition.status { condition.lastTransitionTime = self[index].lastTransitionTime }
        self[index] = condition
    }
}

extension Object {
    /// The condition of that type in `status.conditions`, read without decoding the rest.
    package func condition(_ type: String) -> Condition? {
        guard let tree = status?["conditions"]?.array?.first(where: { $0["type"]?.string == type }),
            let status = tree["status"]?.string.flatMap(Condition.Truth.init(rawValue:))
        else { return nil }
        return Condition(
            type: type, status: status, reason: tree["reason"]?.string ?? "", message: tree["message"]?.string ?? "",
            observedGeneration: tree["observedGeneration"]?.integer,
            lastTransitionTime: tree["lastTransitionTime"]?.string ?? "")
    }

    /// True when its `Ready` condition is, for the present generation.
    package var isReady: Bool {
        guard let ready = condition("Ready"), ready.status == .yes else { return false }
        return ready.observedGeneration.map { $0 >= metadata.generation } ?? true
    }
}
