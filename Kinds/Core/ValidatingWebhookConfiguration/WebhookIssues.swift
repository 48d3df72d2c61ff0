// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Schemas

/// What is wrong with a configuration beyond its schema, in upstream's words.
///
/// https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/admissionregistration/validation/validation.go
struct WebhookIssues {
    private let webhook: JSON
    private let path: String
    private let form: Webhook.Form

    static func issues(in object: Object, _ form: Webhook.Form) -> [FieldIssue] {
        (object.tree["webhooks"]?.array ?? []).enumerated().flatMap { index, webhook in
            WebhookIssues(webhook: webhook, path: "webhooks[\(index)]", form: form).all
        }
    }

    private var all: [FieldIssue] {
        var issues = nameIssues + versionIssues + ruleIssues
        issues += wordIssues("failurePolicy", of: ["Fail", "Ignore"])
        issues += wordIssues("matchPolicy", of: ["Equivalent", "Exact"])
        issues += sideEffectIssues + timeoutIssues
        issues += selectorIssues("namespaceSelector") + selectorIssues("objectSelector")
        issues += clientIssues + conditionIssues
        guard form == .mutating else { return issues }
        return issues + wordIssues("reinvocationPolicy", of: ["IfNeeded", "Never"])
    }

    private func text(_ key: String) -> String { webhook[key]?.string ?? "" }

    private func issue(
        _ field: String, _ reason: FieldIssue.Reason = .invalid, value: JSON? = nil, _ message: String
    ) -> FieldIssue {
        FieldIssue(path: "\(path).\(field)", reason: reason, value: value, message: message)
    }

    private static func supported(_ words: [String]) -> String {
        "supported values: " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    }

    // MARK: Names and words

    private var nameIssues: [FieldIssue] {
        let name = text("name")
        guard !name.isEmpty else { return [issue("name", .required, "")] }
        if let message = NameRule.subdomain.issues(name).first {
            return [issue("name", value: .string(name), message)]
        }
        guard name.split(separator: ".").count < 3 else { return [] }
        return [
            issue("name", value: .string(name), "should be a domain with at least three segments separated by dots")
        ]
    }

    private var versionIssues: [FieldIssue] {
        let versions = webhook["admissionReviewVersions"]?.array?.compactMap(\.string) ?? []
        guard !versions.isEmpty else {
            return [issue("admissionReviewVersions", .required, "must specify one of v1")]
        }
        guard !versions.contains("v1") else { return [] }
        return [
            issue(
                "admissionReviewVersions", value: .array(versions.map(JSON.string)), "must include at least one of v1")
        ]
    }

    private func wordIssues(_ field: String, of words: [String]) -> [FieldIssue] {
        guard let value = webhook[field]?.string, !words.contains(value) else { return [] }
        return [issue(field, .notSupported, value: .string(value), Self.supported(words))]
    }

    private var sideEffectIssues: [FieldIssue] {
        guard webhook["sideEffects"] != nil else {
            return [issue("sideEffects", .required, "must specify one of None, NoneOnDryRun")]
        }
        return wordIssues("sideEffects", of: ["None", "NoneOnDryRun"])
    }

    private var timeoutIssues: [FieldIssue] {
        guard let seconds = webhook["timeoutSeconds"]?.integer, !(1...30).contains(seconds) else { return [] }
        return [
            issue("timeoutSeconds", value: .integer(seconds), "the timeout value must be between 1 and 30 seconds")
        ]
    }

    private func selectorIssues(_ field: String) -> [FieldIssue] {
        do {
            _ = try LabelSelector(tree: webhook[field] ?? .null)
            return []
        } catch {
            return [issue(field, .invalid, error.message)]
        }
    }

    // MARK: Rules

    private var ruleIssues: [FieldIssue] {
        var issues: [FieldIssue] = []
        for (index, rule) in (webhook["rules"]?.array ?? []).enumerated() {
            let place = "rules[\(index)]"
            issues += operationIssues(rule, place)
            issues += starIssues(rule, "apiGroups", place)
            issues += starIssues(rule, "apiVersions", place)
            issues += resourceIssues(rule, place)
            issues += scopeIssues(rule, place)
        }
        return issues
    }

    private static func words(_ rule: JSON, _ key: String) -> [String] {
        rule[key]?.array?.compactMap(\.string) ?? []
    }

    /// A list that must say something, and nothing beside `*`.
    private func starIssues(_ rule: JSON, _ key: String, _ place: String) -> [FieldIssue] {
        let words = Self.words(rule, key)
        guard !words.isEmpty else { return [issue("\(place).\(key)", .required, "")] }
        guard words.count > 1, words.contains("*") else { return [] }
        let value = JSON.array(words.map(JSON.string))
        return [
            issue("\(place).\(key)", value: value, "if '*' is present, must not specify other \(Self.noun[key] ?? key)")
        ]
    }

    private static let noun = ["apiGroups": "API groups", "apiVersions": "API versions"]

    private func operationIssues(_ rule: JSON, _ place: String) -> [FieldIssue] {
        let known = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
        let unknown = Self.words(rule, "operations").enumerated().filter { !known.contains($0.element) }
        return starIssues(rule, "operations", place)
            + unknown.map { index, word in
                issue("\(place).operations[\(index)]", .notSupported, value: .string(word), Self.supported(known))
            }
    }

    private func resourceIssues(_ rule: JSON, _ place: String) -> [FieldIssue] {
        let words = Self.words(rule, "resources")
        guard !words.isEmpty else { return [issue("\(place).resources", .required, "")] }
        var issues = words.enumerated().filter(\.element.isEmpty).map { index, _ in
            issue("\(place).resources[\(index)]", .required, "")
        }
        let value = JSON.array(words.map(JSON.string))
        if words.count > 1, words.contains("*/*") {
            issues.append(
                issue("\(place).resources", value: value, "if '*/*' is present, must not specify other resources"))
        } else if words.contains("*"), words.contains(where: { $0 != "*" && !$0.contains("/") }) {
            issues.append(
                issue(
                    "\(place).resources", value: value,
                    "if '*' is present, must not specify other resources without subresources"))
        }
        return issues
    }

    private func scopeIssues(_ rule: JSON, _ place: String) -> [FieldIssue] {
        let known = ["*", "Cluster", "Namespaced"]
        guard let scope = rule["scope"]?.string, !known.contains(scope) else { return [] }
        return [issue("\(place).scope", .notSupported, value: .string(scope), Self.supported(known))]
    }
}

// MARK: - Client and conditions

extension WebhookIssues {
    private var clientIssues: [FieldIssue] {
        let client = webhook["clientConfig"] ?? .null
        let url = client["url"]?.string
        let hasService = client["service"].map { !$0.isNull } ?? false
        guard (url != nil) != hasService else {
            return [issue("clientConfig", .required, "exactly one of url or service is required")]
        }
        guard let url else {
            let message =
                "there is no cluster network here that a service could stand in; give the webhook's url instead"
            return [issue("clientConfig.service", .forbidden, message)]
        }
        return urlIssues(url) + bundleIssues(client["caBundle"]?.string)
    }

    private func urlIssues(_ url: String) -> [FieldIssue] {
        let form = "desired format: https://host[/path]"
        func wrong(_ message: String, value: String = url) -> [FieldIssue] {
            [issue("clientConfig.url", value: .string(value), message)]
        }
        guard url.hasPrefix("https://") else { return wrong("'https' is the only allowed URL scheme; \(form)") }
        let authority = url.dropFirst("https://".count).prefix { !"/?#".contains($0) }
        // A password may stand there, so it is not said again.
        guard !authority.contains("@") else {
            return [issue("clientConfig.url", .invalid, "user information is not permitted in the URL")]
        }
        guard !authority.isEmpty else { return wrong("host must be specified; \(form)") }
        guard !url.contains("#") else { return wrong("fragments are not permitted in the URL") }
        guard !url.contains("?") else { return wrong("query parameters are not permitted in the URL") }
        return WebhookAddress(url) != nil ? [] : wrong("url must be a valid URL; \(form)")
    }

    private func bundleIssues(_ bundle: String?) -> [FieldIssue] {
        guard let bundle, !bundle.isEmpty else { return [] }
        let text = Data(base64Encoded: bundle).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard !text.contains("-----BEGIN CERTIFICATE-----") else { return [] }
        return [
            issue(
                "clientConfig.caBundle", .invalid,
                "unable to load root certificates: unable to parse bytes as PEM block")
        ]
    }

    private var conditionIssues: [FieldIssue] {
        (webhook["matchConditions"]?.array ?? []).enumerated().flatMap { index, condition in
            let place = "matchConditions[\(index)]"
            let (name, expression) = (condition["name"]?.string ?? "", condition["expression"]?.string ?? "")
            let nameIssues = NameRule.labelKey.issues(name).map { issue("\(place).name", value: .string(name), $0) }
            guard expression.contains(where: { !$0.isWhitespace }) else {
                return nameIssues + [issue("\(place).expression", .required, "")]
            }
            let problem = MatchConditions.problem(of: expression).map {
                issue("\(place).expression", value: .string(expression), $0)
            }
            return nameIssues + (problem.map { [$0] } ?? [])
        }
    }
}
