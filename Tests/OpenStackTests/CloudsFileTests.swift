// SPDX-License-Identifier: Apache-2.0

import OpenStack
import RESTClient
import Testing

@Suite("clouds.yaml")
struct CloudsFileTests {
    private func read(_ auth: String, _ rest: String = "") throws -> Cloud {
        try Cloud(cloudsFile: "clouds:\n  demo:\n    auth: {auth_url: https://a.example:5000, \(auth)}\n\(rest)")
    }

    private static let password = "username: demo, password: secret, user_domain_name: Default, "

    @Test("a project's password")
    func project() throws {
        let cloud = try read(
            Self.password + "project_name: demo, project_domain_name: Default", "    region_name: one\n")
        #expect(cloud.authURL == "https://a.example:5000/v3")
        #expect(cloud.credential == .password(.name("demo", .name("Default")), Secret("secret")))
        #expect(cloud.scope == .projectNamed("demo", .name("Default")))
        #expect(cloud.region == "one")
        #expect(cloud.interface == .public)
        #expect(cloud.trust == Trust())
    }

    @Test("a domain manager's password")
    func domain() throws {
        #expect(try read(Self.password + "domain_id: acme").scope == .domain(.id("acme")))
    }

    @Test(
        "an application credential, which brings its scope",
        arguments: ["", "    auth_type: v3applicationcredential\n"])
    func application(type: String) throws {
        let cloud = try read("application_credential_id: a, application_credential_secret: s", type)
        #expect(cloud.credential == .applicationCredential(id: "a", Secret("s")))
        #expect(cloud.scope == .unspecified)
    }

    @Test("a password that looks like a number stays text")
    func numbers() throws {
        let cloud = try read("username: u, password: 0123, project_id: 42")
        #expect(cloud.credential == .password(.name("u", .id("default")), Secret("0123")))
        #expect(cloud.scope == .project(id: "42"))
    }

    @Test(
        "verify, cacert and overrides",
        arguments: [
            ("    verify: false\n", Trust(.anything)),
            ("    verify: true\n", Trust()),
            (
                "    cacert: |\n      -----BEGIN CERTIFICATE-----\n      x\n",
                Trust(.systemAnd(pem: "-----BEGIN CERTIFICATE-----\nx\n"))
            ),
        ])
    func trust(rest: String, expected: Trust) throws {
        #expect(try read(Self.password + "project_id: p", rest).trust == expected)
    }

    @Test("an endpoint override is taken without its last slash")
    func override() throws {
        let rest = "    compute_endpoint_override: http://10.0.0.1:8774/v2.1/\n    endpoint_type: internalURL\n"
        let cloud = try read(Self.password + "project_id: p", rest)
        #expect(cloud.endpoints == [.compute: "http://10.0.0.1:8774/v2.1"])
        #expect(cloud.interface == .internal)
    }

    @Test("one of several clouds must be named")
    func several() throws {
        let text = """
            clouds:
              a: {auth: {auth_url: "http://a", username: u, password: p, project_id: x}}
              b: {auth: {auth_url: "http://b", username: u, password: p, project_id: x}}
            """
        #expect(try Cloud(cloudsFile: text, name: "b").authURL == "http://b/v3")
        #expect(throws: CloudsFileError.self) { try Cloud(cloudsFile: text) }
        #expect(throws: CloudsFileError.self) { try Cloud(cloudsFile: text, name: "c") }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var auth = CloudsFileTests.password + "project_id: p"
        var rest = ""
        var key: String
        var testDescription: String { key }
    }

    static let bad = [
        Bad(auth: password + "project_id: p, token: x", key: "clouds.demo.auth.token"),
        Bad(rest: "    cert: /etc/ssl/key.pem\n", key: "clouds.demo.cert"),
        Bad(rest: "    profile: other\n", key: "clouds.demo.profile"),
        Bad(rest: "    cacert: /etc/passwd\n", key: "clouds.demo.cacert"),
        Bad(rest: "    auth_type: v3oidcpassword\n", key: "clouds.demo.auth_type"),
        Bad(rest: "    interface: secret\n", key: "clouds.demo.interface"),
        Bad(rest: "    verify: maybe\n", key: "clouds.demo.verify"),
        Bad(rest: "    identity_api_version: 2\n", key: "clouds.demo.identity_api_version"),
        Bad(rest: "    compute_endpoint_override: file:///etc\n", key: "clouds.demo.compute_endpoint_override"),
        Bad(auth: "username: u, project_id: p", key: "clouds.demo.auth.password"),
        Bad(auth: "username: u, password: p", key: "clouds.demo.auth.project_id"),
        Bad(auth: "username: [u], password: p, project_id: p", key: "clouds.demo.auth.username"),
        Bad(auth: "application_credential_id: a", key: "clouds.demo.auth.application_credential_secret"),
        Bad(rest: "other: {}\n", key: "other"),
    ]

    @Test("what is not known or not allowed is an error that names the key", arguments: bad)
    func refuses(_ given: Bad) throws {
        let error = #expect(throws: CloudsFileError.self) { try read(given.auth, given.rest) }
        #expect(error?.key == given.key)
    }

    @Test(
        "a file that is none is an error without its text",
        arguments: ["", "a: [hunter2", "hunter2", "- hunter2", "clouds: hunter2"])
    func nonsense(_ text: String) throws {
        let error = #expect(throws: CloudsFileError.self) { try Cloud(cloudsFile: text) }
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "the address must carry nothing but an address",
        arguments: [
            "ftp://a", "http://u:p@a", "http://a/?x", "http://a b", "a.example",
        ])
    func address(_ url: String) throws {
        let text = "clouds: {demo: {auth: {auth_url: \"\(url)\", username: u, password: p, project_id: x}}}"
        #expect(throws: CloudsFileError.self) { try Cloud(cloudsFile: text) }
    }
}
