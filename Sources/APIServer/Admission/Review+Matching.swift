// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

extension Review {
    /// The version of the kind in which a webhook's rules mean this write; absent when they do not.
    ///
    /// The request's own version goes first, then, where the webhook takes equivalents, the others.
    func version(for webhook: Webhook) -> ServedResource? {
        func isMeant(_ served: ServedResource) -> Bool {
            webhook.rules.contains {
                $0.matches(
                    operation.rawValue, served.resource, subresource: target.subresource,
                    isNamespaced: kind.isNamespaced)
            }
        }
        if isMeant(target.served) { return target.served }
        guard webhook.matchesEquivalents else { return nil }
        let others = kind.versions.filter { $0.isServed && $0.name != target.served.version.name }
        return others.lazy.map { ServedResource(kind, $0) }.first(where: isMeant)
    }

    /// Whether the selector of objects means what is or what shall be.
    func isSelected(by selector: LabelSelector) -> Bool {
        selector.isEmpty
            || [object, old].contains { tree in
                guard let labels = tree["metadata"]?["labels"] else {
                    return tree.object != nil && selector.matches([:])
                }
                return selector.matches(labels.texts)
            }
    }
}

extension JSON {
    /// The members that are texts.
    var texts: [String: String] {
        Dictionary(
            (object?.members ?? []).compactMap { member in member.value.string.map { (member.key, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
