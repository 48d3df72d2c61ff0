// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("ValidatingWebhookConfiguration")
struct ValidatingWebhookConfigurationTests {
    static let kind = ValidatingWebhookConfiguration.kind

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "validatingwebhookconfigurations.admissionregistration.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(!Self.kind.isNamespaced)
    }

    static let good: JSON = [
        "name": "a.example.com", "clientConfig": ["url": "https://a.example.com:8443/check"],
        "rules": [["operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["secrets/*"]]],
        "sideEffects": "None", "admissionReviewVersions": ["v1beta1", "v1"],
        "matchConditions": [["name": "no-robots", "expression": "request.userInfo.username != 'robot'"]],
    ]

    private static let rule: JSON = [
        "operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["secrets"],
    ]

    private static func rule(_ key: String, _ value: JSON) -> JSON {
        var rule = rule
        rule[key] = value
        return [rule]
    }

    struct Case: CustomTestStringConvertible {
        var key: String
        var value: JSON
        var issue: String

        var testDescription: String { "\(key) \(value.text)" }
    }

    private static func url(_ text: String) -> JSON { ["url": .string(text)] }

    static let cases = [
        Case(key: "name", value: "", issue: "webhooks[0].name: Required value"),
        Case(
            key: "name", value: "a.b",
            issue:
                "webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments separated by dots"
        ),
        Case(
            key: "sideEffects", value: "Some",
            issue: "webhooks[0].sideEffects: Unsupported value: \"Some\": supported values: \"None\", \"NoneOnDryRun\""),
        Case(
            key: "timeoutSeconds", value: 31,
            issue: "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds"),
        Case(
            key: "failurePolicy", value: "Never",
            issue: "webhooks[0].failurePolicy: Unsupported value: \"Never\": supported values: \"Fail\", \"Ignore\""),
        Case(
            key: "admissionReviewVersions", value: ["v1beta1"],
            issue: "webhooks[0].admissionReviewVersions: Invalid value: [\"v1beta1\"]: must include at least one of v1"),
        Case(
            key: "clientConfig", value: [:],
            issue: "webhooks[0].clientConfig: Required value: exactly one of url or service is required"),
        Case(
            key: "clientConfig", value: ["service": ["name": "a", "namespace": "b"]],
            issue:
                "webhooks[0].clientConfig.service: Forbidden: there is no cluster network here that a service could stand in; give the webhook's url instead"
        ),
        Case(
            key: "clientConfig", value: url("http://a.example.com"),
            issue:
                "webhooks[0].clientConfig.url: Invalid value: \"http://a.example.com\": 'https' is the only allowed URL scheme; desired format: https://host[/path]"
        ),
        Case(
            key: "clientConfig", value: url("https://me:pass@a.example.com"),
            issue: "webhooks[0].clientConfig.url: Invalid value: user information is not permitted in the URL"),
        Case(
            key: "clientConfig", value: url("https://a.example.com/?x=1"),
            issue:
                "webhooks[0].clientConfig.url: Invalid value: \"https://a.example.com/?x=1\": query parameters are not permitted in the URL"
        ),
        Case(
            key: "rules", value: rule("operations", ["*", "CREATE"]),
            issue:
                "webhooks[0].rules[0].operations: Invalid value: [\"*\",\"CREATE\"]: if '*' is present, must not specify other operations"
        ),
        Case(
            key: "rules", value: rule("resources", []), issue: "webhooks[0].rules[0].resources: Required value"),
        Case(
            key: "namespaceSelector", value: ["matchExpressions": [["key": "a", "operator": "Like"]]],
            issue: "webhooks[0].namespaceSelector: Invalid value: \"Like\" is not a valid label selector operator"),
    ]

    @Test("takes a good one")
    func good() {
        #expect(Self.kind.issues(Object(["webhooks": [Self.good]]), nil).map(\.text) == [])
    }

    @Test("refuses what upstream refuses, in its words", arguments: cases)
    func issues(given: Case) {
        var webhook = Self.good
        webhook[given.key] = given.value
        #expect(Self.kind.issues(Object(["webhooks": [webhook]]), nil).map(\.text) == [given.issue])
    }

    @Test("refuses a condition that cannot be compiled")
    func condition() {
        var webhook = Self.good
        webhook["matchConditions"] = [["name": "a", "expression": "nobody.knows"]]
        let issues = Self.kind.issues(Object(["webhooks": [webhook]]), nil)
        #expect(issues.map(\.path) == ["webhooks[0].matchConditions[0].expression"])
        #expect(issues.first?.message.hasPrefix("compilation failed: ") == true)
    }
}
