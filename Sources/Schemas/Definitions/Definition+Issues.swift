// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources

extension Definition {
    /// Everything that is wrong with the definition beyond the types of its members, in upstream's words.
    ///
    /// - Parameters:
    ///   - old: what is there now; absent on creation.
    ///   - isEstablished: whether its kind is served, so that names and scope can no longer change.
    package func issues(replacing old: Definition?, isEstablished: Bool) -> [FieldIssue] {
        nameIssues + groupIssues + spellingIssues + scopeIssues + versionIssues
            + (old.map { changeIssues(from: $0, isEstablished: isEstablished) } ?? [])
            + conversionIssues + storedVersionIssues
    }

    private var nameIssues: [FieldIssue] {
        let right = "\(names.plural).\(group)"
        guard name != right else { return [] }
        return [
            FieldIssue(
                path: "metadata.name", value: .string(name), message: #"must be spec.names.plural+"."+spec.group"#)
        ]
    }

    // MARK: The group

    private static let approval = "api-approved.kubernetes.io"

    private var groupIssues: [FieldIssue] {
        let path = "spec.group"
        guard !group.isEmpty else { return [FieldIssue(path: path, reason: .required, message: "")] }
        let issues = Self.issues(.subdomain, group, path: path)
        guard issues.isEmpty else { return issues }
        if !group.contains(".") {
            return [
                FieldIssue(path: path, value: .string(group), message: "should be a domain with at least one dot")
            ]
        }
        return protectedGroupIssues
    }

    /// Groups under Kubernetes' own domains need a word that they were approved there.
    ///
    /// https://github.com/kubernetes/enhancements/pull/1111
    private var protectedGroupIssues: [FieldIssue] {
        let isProtected = ["k8s.io", "kubernetes.io"].contains { group == $0 || group.hasSuffix(".\($0)") }
        guard isProtected else { return [] }
        let path = "metadata.annotations[\(Self.approval)]"
        let link = "see https://github.com/kubernetes/enhancements/pull/1111"
        guard let value = tree["metadata"]?["annotations"]?[Self.approval]?.string, !value.isEmpty else {
            let message = "protected groups must have approval annotation \"\(Self.approval)\", \(link)"
            return [FieldIssue(path: path, reason: .required, message: message)]
        }
        guard !value.hasPrefix("unapproved"), !value.hasPrefix("https://") else { return [] }
        let message =
            "protected groups must have approval annotation \"\(Self.approval)\" with either a URL or a reason "
            + "starting with \"unapproved\", \(link)"
        return [FieldIssue(path: path, value: .string(value), message: message)]
    }

    // MARK: Names and scope

    private var spellingIssues: [FieldIssue] {
        let path = "spec.names"
        let names = names
        var issues: [FieldIssue] = []
        issues += Self.wordIssues(names.plural, path: "\(path).plural")
        issues += Self.wordIssues(names.singular, path: "\(path).singular", isRequired: false)
        issues += Self.wordIssues(names.kind.lowercased(), path: "\(path).kind", shown: names.kind)
        issues += names.shortNames.enumerated().flatMap { index, name in
            Self.wordIssues(name, path: "\(path).shortNames[\(index)]")
        }
        issues += Self.wordIssues(
            names.listKind.lowercased(), path: "\(path).listKind", shown: names.listKind, isRequired: false)
        if !names.kind.isEmpty, names.kind == names.listKind {
            let message = "kind and listKind may not be the same"
            issues.append(FieldIssue(path: "\(path).listKind", value: .string(names.listKind), message: message))
        }
        issues += names.categories.enumerated().flatMap { index, name in
            Self.wordIssues(name, path: "\(path).categories[\(index)]")
        }
        return issues
    }

    private static func wordIssues(
        _ text: String, path: String, shown: String? = nil, isRequired: Bool = true
    ) -> [FieldIssue] {
        guard !text.isEmpty else { return isRequired ? [FieldIssue(path: path, reason: .required, message: "")] : [] }
        return NameRule.label1035.issues(text).map {
            FieldIssue(path: path, value: .string(shown ?? text), message: $0)
        }
    }

    private static func issues(_ rule: NameRule, _ text: String, path: String) -> [FieldIssue] {
        rule.issues(text).map { FieldIssue(path: path, value: .string(text), message: $0) }
    }

    private var scopeIssues: [FieldIssue] {
        let scope = spec["scope"]?.string ?? ""
        guard !scope.isEmpty else { return [FieldIssue(path: "spec.scope", reason: .required, message: "")] }
        let known = ["Cluster", "Namespaced"]
        guard !known.contains(scope) else { return [] }
        return [
            FieldIssue(
                path: "spec.scope", reason: .notSupported, value: .string(scope), message: .supported(known))
        ]
    }

    // MARK: What cannot change

    private func changeIssues(from old: Definition, isEstablished: Bool) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        func fixed(_ path: String, _ new: JSON?, _ old: JSON?) {
            guard new != old else { return }
            issues.append(FieldIssue(path: path, value: new ?? "", message: "field is immutable"))
        }
        fixed("spec.group", spec["group"], old.spec["group"])
        fixed("spec.names.plural", spec["names"]?["plural"], old.spec["names"]?["plural"])
        guard isEstablished else { return issues }
        fixed("spec.scope", spec["scope"], old.spec["scope"])
        fixed("spec.names.kind", spec["names"]?["kind"], old.spec["names"]?["kind"])
        return issues
    }

    // MARK: Versions that objects were stored in

    private var storedVersionIssues: [FieldIssue] {
        let path = "status.storedVersions"
        guard let stored = tree["status"]?["storedVersions"]?.array?.compactMap(\.string), !stored.isEmpty else {
            return [FieldIssue(path: path, value: .null, message: "must have at least one stored version")]
        }
        let value = JSON.array(stored.map(JSON.string))
        let known = versions.map(\.name)
        var issues = stored.enumerated().filter { !known.contains($0.element) }.map { index, name in
            FieldIssue(
                path: "\(path)[\(index)]", value: .string(name),
                message: "missing from spec.versions; \(name) was "
                    + "previously a storage version, and must remain in spec.versions until a storage migration "
                    + "ensures no data remains persisted in \(name) and removes \(name) from status.storedVersions")
        }
        for version in versions.filter(\.isStored).map(\.name) where !stored.contains(version) {
            issues.append(FieldIssue(path: path, value: value, message: "must have the storage version \(version)"))
        }
        return issues
    }

    private var conversionIssues: [FieldIssue] {
        var issues: [FieldIssue] = []
        if spec["preserveUnknownFields"]?.bool == true {
            issues.append(
                FieldIssue(
                    path: "spec.preserveUnknownFields", value: true,
                    message: "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
                        + "spec.versions[*].schema instead"))
        }
        let conversion = spec["conversion"] ?? .null
        let path = "spec.conversion.strategy"
        switch conversion["strategy"]?.string {
        case nil, "None": break
        case "Webhook"?:
            let message =
                "conversion webhooks are not called here: a webhook would stand between every read and the store; use "
                + "None, with versions that differ in what they leave out only"
            issues.append(FieldIssue(path: path, value: "Webhook", message: message))
        case let other?:
            issues.append(
                FieldIssue(path: path, reason: .notSupported, value: .string(other), message: .supported(["None"])))
        }
        return issues
    }
}
