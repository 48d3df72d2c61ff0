// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Testing

@Suite("Errors on the wire")
struct StatusTests {
    static let widgets = GroupResource(group: "corpus.example.org", resource: "widgets")
    static let configMaps = GroupResource(group: "", resource: "configmaps")
    static let jane = UserInfo(name: "jane")

    @Test("an error is spelled as upstream spells it, and reads back", arguments: cases)
    func spelling(_ given: Case) throws {
        #expect(given.error.tree.text == given.text)
        let read = try #require(APIError(tree: JSON(parsing: given.text)))
        #expect(read.tree.text == given.text)
    }

    @Test("several issues are listed once each in brackets, and as causes")
    func invalid() {
        let issues = [
            FieldIssue(
                path: "spec.replicas", value: 11, message: "spec.replicas in body should be less than or equal to 10"),
            FieldIssue(path: "spec.nested.mode", reason: .required, message: ""),
            FieldIssue(path: "spec.nested.mode", reason: .required, message: ""),
            FieldIssue(path: "spec.tags[1]", reason: .duplicate, value: "t", message: ""),
        ]
        let error = APIError.invalid(group: "corpus.example.org", kind: "Widget", name: "bad", issues)
        #expect(
            error.message == #"""
                Widget.corpus.example.org "bad" is invalid: [spec.replicas: Invalid value: 11: spec.replicas in body \#
                should be less than or equal to 10, spec.nested.mode: Required value, spec.tags[1]: Duplicate value: "t"]
                """#)
        #expect(error.tree["details"]?["causes"]?.array?.count == 4)
        #expect(
            error.tree["details"]?["causes"]?[3]?.text
                == #"{"reason":"FieldValueDuplicate","message":"Duplicate value: \"t\"","field":"spec.tags[1]"}"#)
    }

    @Test("what is behind an error never reaches the wire")
    func underlying() {
        struct Secret: Error { let password = "hunter2" }
        let error = APIError.internalError("the store is away", underlying: Secret())
        #expect(!error.tree.text.contains("hunter2"))
        #expect(!error.description.contains("hunter2"))
    }

    @Test(
        "a success and other objects are no errors",
        arguments: [
            #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":200}"#, #"{"kind":"Pod"}"#,
            "[]",
            #"{"kind":"Status","status":"Failure"}"#,
        ])
    func noError(_ text: String) throws {
        #expect(APIError(tree: try JSON(parsing: text)) == nil)
    }
}

struct Case: Sendable, CustomTestStringConvertible {
    let error: APIError
    let text: String
    var testDescription: String { error.message }

    /// The part of the text that differs between errors: message, reason, details.
    init(_ error: APIError, _ differing: String) {
        self.error = error
        text = #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\#(differing)}"#
    }
}

private let widget = #""details":{"name":"one","group":"corpus.example.org","kind":"widgets"}"#

private let cases = [
    Case(
        .notFound(StatusTests.widgets, name: "one"),
        #""message":"widgets.corpus.example.org \"one\" not found","reason":"NotFound",\#(widget),"code":404"#),
    Case(
        .notFound(StatusTests.configMaps, name: "one"),
        #""message":"configmaps \"one\" not found","reason":"NotFound","details":{"name":"one","kind":"configmaps"},"code":404"#
    ),
    Case(
        .alreadyExists(StatusTests.widgets, name: "one"),
        #""message":"widgets.corpus.example.org \"one\" already exists","reason":"AlreadyExists",\#(widget),"code":409"#
    ),
    Case(
        .conflict(StatusTests.widgets, name: "one"),
        #""message":"Operation cannot be fulfilled on widgets.corpus.example.org \"one\": the object has been modified; please apply your changes to the latest version and try again","reason":"Conflict",\#(widget),"code":409"#
    ),
    Case(
        .invalid(
            group: "corpus.example.org", kind: "widgets", name: "one",
            [FieldIssue(path: "metadata.resourceVersion", value: 0, message: "must be specified for an update")]),
        #""message":"widgets.corpus.example.org \"one\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update","reason":"Invalid","details":{"name":"one","group":"corpus.example.org","kind":"widgets","causes":[{"reason":"FieldValueInvalid","message":"Invalid value: 0: must be specified for an update","field":"metadata.resourceVersion"}]},"code":422"#
    ),
    Case(
        .forbidden(StatusTests.jane, verb: "get", StatusTests.widgets, namespace: "demo", name: "one"),
        #""message":"widgets.corpus.example.org \"one\" is forbidden: User \"jane\" cannot get resource \"widgets\" in API group \"corpus.example.org\" in the namespace \"demo\"","reason":"Forbidden",\#(widget),"code":403"#
    ),
    Case(
        .forbidden(StatusTests.jane, verb: "list", StatusTests.configMaps),
        #""message":"configmaps is forbidden: User \"jane\" cannot list resource \"configmaps\" in API group \"\" at the cluster scope","reason":"Forbidden","details":{"kind":"configmaps"},"code":403"#
    ),
    Case(
        .forbidden(
            StatusTests.jane, verb: "update", StatusTests.widgets, subresource: "status", namespace: "demo", name: "one"
        ),
        #""message":"widgets.corpus.example.org \"one\" is forbidden: User \"jane\" cannot update resource \"widgets/status\" in API group \"corpus.example.org\" in the namespace \"demo\"","reason":"Forbidden",\#(widget),"code":403"#
    ),
    Case(
        .forbidden(StatusTests.jane, verb: "get", path: "/metrics"),
        #""message":"forbidden: User \"jane\" cannot get path \"/metrics\"","reason":"Forbidden","code":403"#),
    Case(.unauthorized, #""message":"Unauthorized","reason":"Unauthorized","code":401"#),
    Case(
        .methodNotSupported("create", StatusTests.widgets),
        #""message":"create is not supported on resources of kind \"widgets.corpus.example.org\"","reason":"MethodNotAllowed","details":{"group":"corpus.example.org","kind":"widgets"},"code":405"#
    ),
    Case(
        .tooNew(revision: 999_999_999_999, current: 7),
        #""message":"Timeout: Too large resource version: 999999999999, current: 7","reason":"Timeout","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],"retryAfterSeconds":1},"code":504"#
    ),
    Case(
        .unsupportedMediaType(accepted: ["application/json", "application/yaml"]),
        #""message":"the body of the request was in an unknown format - accepted media types include: application/json, application/yaml","reason":"UnsupportedMediaType","code":415"#
    ),
    Case(
        .tooOld(revision: 5, oldest: 10), #""message":"too old resource version: 5 (10)","reason":"Expired","code":410"#
    ),
    Case(APIError(.init("", code: 500), "odd"), #""message":"odd","code":500"#),
]
