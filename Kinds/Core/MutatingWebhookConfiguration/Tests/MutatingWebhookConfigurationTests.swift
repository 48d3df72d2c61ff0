// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("MutatingWebhookConfiguration")
struct MutatingWebhookConfigurationTests {
    static let kind = MutatingWebhookConfiguration.kind

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "mutatingwebhookconfigurations.admissionregistration.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(!Self.kind.isNamespaced)
    }

    @Test("fills in what upstream does")
    func defaults() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        let rule: JSON = ["operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"]]
        let webhook = schema.defaulted(["webhooks": [["name": "a.example.com", "rules": [rule]]]])["webhooks"]?[0]
        #expect(webhook?["failurePolicy"] == "Fail")
        #expect(webhook?["matchPolicy"] == "Equivalent")
        #expect(webhook?["timeoutSeconds"] == 10)
        #expect(webhook?["reinvocationPolicy"] == "Never")
        #expect(webhook?["namespaceSelector"] == [:])
        #expect(webhook?["objectSelector"] == [:])
        #expect(webhook?["rules"]?[0]?["scope"] == "*")
    }

    @Test("knows no other reinvocation than upstream's")
    func reinvocation() {
        var webhook = ValidatingWebhookConfigurationTests.good
        webhook["reinvocationPolicy"] = "Always"
        let issues = Self.kind.issues(Object(["webhooks": [webhook]]), nil)
        #expect(issues.map(\.path) == ["webhooks[0].reinvocationPolicy"])
    }
}
