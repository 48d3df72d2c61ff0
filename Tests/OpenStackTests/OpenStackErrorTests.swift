// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import OpenStack
import RESTClient
import Testing

@Suite("Errors of a site")
struct OpenStackErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String
        var code: OpenStackError.Code
        var said: String
        var isTransient: Bool
        var testDescription: String { "\(status) \(said)" }
    }

    /// Bodies as Zed sends them.
    static let cases = [
        Case(
            status: 403,
            body:
                #"{"forbidden": {"code": 403, "message": "Quota exceeded for cores: Requested 32, but already used 0 of 20 cores"}}"#,
            code: .quotaExceeded, said: "Quota exceeded for cores: Requested 32, but already used 0 of 20 cores",
            isTransient: true),
        Case(
            status: 409,
            body:
                #"{"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: ['network'].", "detail": ""}}"#,
            code: .quotaExceeded, said: "Quota exceeded for resources: ['network'].", isTransient: true),
        Case(
            status: 413,
            body:
                #"{"overLimit": {"code": 413, "message": "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'."}}"#,
            code: .quotaExceeded,
            said: "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'.",
            isTransient: true),
        Case(
            status: 403,
            body:
                #"{"forbidden": {"code": 403, "message": "Only volume-backed servers are allowed for flavors with zero disk."}}"#,
            code: .forbidden, said: "Only volume-backed servers are allowed for flavors with zero disk.",
            isTransient: false),
        Case(
            status: 404, body: #"{"itemNotFound": {"code": 404, "message": "Instance nope could not be found."}}"#,
            code: .notFound, said: "Instance nope could not be found.", isTransient: false),
        Case(
            status: 409, body: #"{"conflictingRequest": {"code": 409, "message": "Key pair 't1' already exists."}}"#,
            code: .conflict, said: "Key pair 't1' already exists.", isTransient: true),
        Case(
            status: 400, body: #"{"badRequest": {"code": 400, "message": "Invalid image identifier."}}"#,
            code: .invalid, said: "Invalid image identifier.", isTransient: false),
        Case(
            status: 401,
            body:
                #"{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}"#,
            code: .unauthorized, said: "The request you have made requires authentication.", isTransient: true),
        Case(
            status: 406,
            body: #"{"computeFault": {"code": 406, "message": "Version 2.200 is not supported by the API."}}"#,
            code: .unsupported, said: "Version 2.200 is not supported by the API.", isTransient: false),
        Case(
            status: 404,
            body: #"{"message": "No image found with ID nope<br /><br />\n\n\n", "code": "404 Not Found"}"#,
            code: .notFound, said: "No image found with ID nope", isTransient: false),
        Case(
            status: 500,
            body: #"{"faultcode": "Server", "faultstring": "An unknown exception occurred.", "debuginfo": null}"#,
            code: .serviceFailed, said: "An unknown exception occurred.", isTransient: true),
        Case(
            status: 503,
            body:
                "<html><head><title>503</title></head><body><h1>503 Service Unavailable</h1>\nNo server is available.</body></html>",
            code: .serviceFailed, said: "503 Service Unavailable No server is available.", isTransient: true),
        Case(status: 502, body: "", code: .serviceFailed, said: "", isTransient: true),
        Case(status: 429, body: "slow down", code: .throttled, said: "slow down", isTransient: true),
        Case(status: 302, body: "", code: .unexpectedAnswer, said: "", isTransient: true),
    ]

    private func error(_ answer: RESTResponse) async throws -> OpenStackError {
        let site = ScriptedSite { _ in answer }
        let session = site.session()
        let error = await #expect(throws: OpenStackError.self) {
            try await Nova(session).createServer(.init(name: "a", flavor: "f"))
        }
        return try #require(error)
    }

    @Test("each shape of body gives code, words and request id", arguments: cases)
    func shapes(_ given: Case) async throws {
        let error = try await error(ScriptedSite.json(given.status, given.body, requestID: "req-1"))
        #expect(error.code == given.code)
        #expect(error.said == given.said)
        #expect(error.status == given.status)
        #expect(error.requestID == "req-1")
        #expect(error.isTransient == given.isTransient)
    }

    @Test("a message holds service, operation, words and proof")
    func message() async throws {
        let answer = ScriptedSite.json(400, #"{"badRequest": {"message": "Invalid key_name"}}"#, requestID: "req-1")
        let error = try await error(answer)
        #expect(error.message == "compute: create server: Invalid key_name (HTTP 400, req-1)")
    }

    @Test(
        "a failed creation leaves a doubt when it may have arrived",
        arguments: [
            (500, true), (502, true), (503, true), (400, false), (403, false), (409, false), (429, false),
        ])
    func ambiguousStatus(status: Int, isAmbiguous: Bool) async throws {
        #expect(try await error(ScriptedSite.json(status, "{}")).isAmbiguous == isAmbiguous)
    }

    @Test(
        "no answer leaves a doubt for a creation and none for a deletion",
        arguments: [
            (RESTError.Code.lost, true, true), (.lost, false, false), (.notSent, true, false),
            (.circuitOpen, true, false),
            (.tooLarge, true, true),
        ])
    func ambiguousFailure(_ code: RESTError.Code, creates: Bool, isAmbiguous: Bool) async throws {
        let session = ScriptedSite { _ in throw RESTError(code, "gone") }.session()
        let error = await #expect(throws: OpenStackError.self) {
            if creates {
                _ = try await Nova(session).createServer(.init(name: "a", flavor: "f"))
            } else {
                try await Nova(session).deleteServer("s")
            }
        }
        #expect(error?.isAmbiguous == isAmbiguous)
        #expect(error?.isTransient == true)
    }

    @Test("what a service quotes of our secrets is hidden")
    func secrets() async throws {
        let said = "Invalid input for field/attribute user_data. Value: c2VjcmV0. 'c2VjcmV0' is too long"
        let site = ScriptedSite { _ in ScriptedSite.json(400, #"{"badRequest":{"message":"\#(said)"}}"#) }
        var server = Nova.NewServer(name: "a", flavor: "f")
        server.userData = "c2VjcmV0"
        let wish = server
        let session = site.session()
        let error = await #expect(throws: OpenStackError.self) { try await Nova(session).createServer(wish) }
        #expect(error?.said == "Invalid input for field/attribute user_data.")
    }

    @Test("a secret prints as nothing")
    func prints() {
        let credential = Credential.password(.name("demo", .id("default")), Secret("hunter2"))
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), dumped] { #expect(!text.contains("hunter2")) }
    }

    @Test("the wait that a service asks for is kept")
    func retryAfter() async throws {
        let error = try await error(RESTResponse(status: 429, headers: [.retryAfter: "7"]))
        #expect(error.retryAfter == .seconds(7))
    }
}
