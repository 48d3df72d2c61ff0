// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources

/// What is wrong with `metadata` beyond the types of its members, in upstream's words.
///
/// https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go
package enum MetadataRules {
    /// Annotations of one object, keys and values together, in bytes.
    package static let annotationLimit = 256 * 1024

    /// Everything that is wrong, in field order.
    ///
    /// On creation a name may still be missing where there is a `generateName`. On an update, members that the server
    /// sets may be missing (the server puts the old ones back); when they are there they must not differ.
    ///
    /// A kind that is only answered has no names to check.
    ///
    /// - Parameter old: what is there now; absent on creation.
    package static func issues(in object: Object, replacing old: Object?, of kind: Kind) -> [FieldIssue] {
        guard case .stored = kind.form else { return [] }
        let metadata = object.metadata
        return nameIssues(metadata, kind.nameRule) + namespaceIssues(metadata, kind.isNamespaced)
            + (old.map { changeIssues(from: $0.metadata, to: metadata) } ?? [])
            + labelIssues(metadata) + annotationIssues(metadata)
            + OwnerReferenceRules.issues(metadata) + FinalizerRules.issues(metadata, replacing: old?.metadata)
    }

    private static func nameIssues(_ metadata: Metadata, _ rule: NameRule) -> [FieldIssue] {
        let prefix = metadata.generateName ?? ""
        let path = "metadata.name"
        guard metadata.name.isEmpty else { return issues(rule, metadata.name, path: path) }
        guard !prefix.isEmpty else {
            return [FieldIssue(path: path, reason: .required, message: "name or generateName is required")]
        }
        // Letters follow, so a hyphen at the end of the prefix is no hyphen at the end of a name.
        let complete = prefix.hasSuffix("-") && prefix.utf8.count > 1 ? prefix.dropLast() + "a" : prefix
        return rule.issues(complete).map {
            FieldIssue(path: "metadata.generateName", value: .string(prefix), message: $0)
        }
    }

    private static func namespaceIssues(_ metadata: Metadata, _ isNamespaced: Bool) -> [FieldIssue] {
        let path = "metadata.namespace"
        let namespace = metadata.namespace
        switch (isNamespaced, namespace.isEmpty) {
        case (true, true):
            return [FieldIssue(path: path, reason: .required, message: "must name the object's namespace")]
        case (true, false): return issues(.label, namespace, path: path)
        case (false, true): return []
        case (false, false):
            return [FieldIssue(path: path, reason: .forbidden, message: "not allowed on this type")]
        }
    }

    private static func changeIssues(from old: Metadata, to new: Metadata) -> [FieldIssue] {
        let fixed = [
            "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
        ]
        return fixed.compactMap { name in
            guard let value = new.tree[name], !value.isNull, value != old.tree[name] else { return nil }
            return FieldIssue(path: "metadata.\(name)", value: value, message: "field is immutable")
        }
    }

    private static func labelIssues(_ metadata: Metadata) -> [FieldIssue] {
        texts(metadata, "labels").flatMap { key, value in
            issues(.labelKey, key, path: "metadata.labels") + issues(.labelValue, value, path: "metadata.labels")
        }
    }

    private static func annotationIssues(_ metadata: Metadata) -> [FieldIssue] {
        let path = "metadata.annotations"
        let annotations = texts(metadata, "annotations")
        let size = annotations.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count }
        // Upstream lets the keys of annotations have upper case prefixes.
        let found = annotations.flatMap { key, _ in
            NameRule.labelKey.issues(key.lowercased()).map { FieldIssue(path: path, value: .string(key), message: $0) }
        }
        guard size > annotationLimit else { return found }
        let message = "may not be more than \(annotationLimit) bytes, has \(size)"
        return found + [FieldIssue(path: path, reason: .tooLong, message: message)]
    }

    /// The pairs in the order in which they stand.
    private static func texts(_ metadata: Metadata, _ name: String) -> [(String, String)] {
        metadata.tree[name]?.object?.members.compactMap { member in member.value.string.map { (member.key, $0) } } ?? []
    }

    static func issues(_ rule: NameRule, _ text: String, path: String) -> [FieldIssue] {
        rule.issues(text).map { FieldIssue(path: path, value: .string(text), message: $0) }
    }
}
