// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Synchronization
import Testing

@testable import APIServer
@testable import Schemas

/// An organization cannot make the control plane talk to whom it should not.
@Suite("Reach of webhooks", .timeLimit(.minutes(1)))
struct WebhookReachTests {
    @Test(
        "CVE-2020-8555: loopback, link-local, metadata and private addresses are out of reach",
        arguments: [
            "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254", "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "::1", "::",
            "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
            "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "not an address", "",
        ])
    func closed(_ address: String) {
        #expect(!WebhookReach().allows(address))
    }

    @Test("the open Internet is in reach", arguments: ["8.8.8.8", "172.32.0.1", "2a01:4f8::1", "::ffff:8.8.8.8"])
    func open(_ address: String) {
        #expect(WebhookReach().allows(address))
    }

    @Test("what the provider allows is in reach, and no more")
    func allowed() {
        let reach = WebhookReach(allowing: ["10.20.0.0/16", "fd00:1::/32"])
        #expect(reach.allows("10.20.3.4") && reach.allows("fd00:1::5"))
        #expect(!reach.allows("10.21.0.1") && !reach.allows("fd00:2::1"))
    }

    @Test("CVE-2020-8562: a name is resolved once, and the connection goes to that very address")
    func rebinding() async throws {
        try await WebhookServer.run(WebhookServer.allow) { webhook, url in
            let asked = Mutex(0)
            let caller = WebhookCaller(
                .init(
                    reach: WebhookReach(allowing: ["127.0.0.0/8"]),
                    resolve: { _, _ in
                        asked.withLock { $0 += 1 }
                        return "127.0.0.2"
                    }))
            try await TestServer.run(webhooks: caller) { server in
                let hook = WebhookTests.hook("ValidatingHook", url)
                #expect(try await server.send(.post, WebhookTests.path("ValidatingHook"), hook).code == 201)
                let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
                #expect(answer.code == 500)
                #expect(answer.message.contains("it cannot be reached"))
            }
            #expect(asked.withLock { $0 } == 1)
            // A second look at `localhost` would have led to the webhook, which listens on 127.0.0.1 only.
            #expect(webhook.requests.isEmpty)
        }
    }

    @Test(
        "CVE-2022-3294: a forbidden address is refused before anything is sent, and not named", arguments: ["acme", ""])
    func refused(organization: String) async throws {
        try await WebhookServer.run(WebhookServer.allow) { webhook, url in
            let caller = WebhookCaller(.init(resolve: { _, _ in "127.0.0.1" }))
            try await TestServer.run(webhooks: caller) { server in
                let hook = WebhookTests.hook("ValidatingHook", url)
                let path = WebhookTests.path("ValidatingHook", organization)
                #expect(try await server.send(.post, path, hook).code == 201)
                let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
                guard !organization.isEmpty else {
                    // The provider's own may stand beside the control plane.
                    #expect(answer.code == 201)
                    return
                }
                #expect(answer.code == 500)
                #expect(answer.message.contains("webhooks of organizations may not reach"))
                #expect(!answer.message.contains("127.0.0.1"))
                #expect(webhook.requests.isEmpty)
            }
        }
    }

    @Test(
        "a URL is https with a host, and nothing in it",
        arguments: [
            "http://a.example", "https://", "https://u:p@a.example", "https://a.example?x", "https://a.example#x",
            "https://a.example:0", "https://a.example:99999", "https://a\\b.example", "https://[::1",
            "HTTPS://a.example",
            "https://a.example/ x",
        ])
    func badURL(_ url: String) {
        #expect(WebhookAddress(url) == nil)
    }

    @Test("a URL's host and port are read")
    func url() {
        #expect(WebhookAddress("https://a.example/x")?.host == "a.example")
        #expect(WebhookAddress("https://a.example/x")?.port == 443)
        #expect(WebhookAddress("https://[2001:db8::1]:8443/x")?.host == "2001:db8::1")
        #expect(WebhookAddress("https://[2001:db8::1]:8443/x")?.port == 8443)
    }
}
