// SPDX-License-Identifier: Apache-2.0

import Patterns
import Resources

/// Why kinds cannot be served together, a sentence for each reason.
package struct InvalidKinds: Error, Hashable, CustomStringConvertible {
    package let problems: [String]
    package var description: String { problems.joined(separator: "\n") }
}

extension Kind {
    /// What is wrong with the kind alone, a sentence for each reason; empty when it can be served.
    package var problems: [String] {
        var problems: [String] = []
        if versions.isEmpty { problems.append("has no version") }
        problems += versions.map(\.name).repeated.map { "has the version \($0) twice" }
        if version(storageVersion) == nil {
            problems.append("stores the version \(storageVersion), which it does not have")
        }
        problems += nameProblems
        for version in versions {
            if !version.schema.isEmbeddedResource {
                problems.append("\(version.name): its schema is not a whole object, make it with Schema.resource")
            }
            problems += version.schema.structuralProblems.map { "\(version.name): \($0)" }
        }
        return problems.map { "\(groupResource.text) \($0)" }
    }

    private var nameProblems: [String] {
        let label = "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"
        var problems: [String] = []
        if Pattern.compiled("^[A-Z][A-Za-z0-9]{0,62}$")?.matches(names.kind) != true {
            problems.append("has the name \(names.kind), which must be in CamelCase")
        }
        for word in [names.plural, names.singular] + names.shortNames + names.categories + versions.map(\.name)
        where Pattern.compiled(label)?.matches(word) != true {
            problems.append("has the name \"\(word)\", which must be of lower case letters, digits and -")
        }
        for part in group.split(separator: ".", omittingEmptySubsequences: false)
        where !group.isEmpty && Pattern.compiled(label)?.matches(String(part)) != true {
            problems.append("has a group that is no DNS name")
        }
        return problems
    }
}

extension [Kind] {
    /// Names that two of the kinds claim.
    ///
    /// Between groups a word may repeat, as upstream's `events` does; a client then asks with the group.
    var clashes: [String] {
        let claims = flatMap { kind in kind.names.words.map { GroupResource(group: kind.group, resource: $0).text } }
        return claims.repeated.map { "\($0) is claimed by two kinds" }
    }
}
