// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import RESTClient
import Synchronization

/// All issuers of OpenID Connect: the provider's, and those of each organization, which may share an address.
///
/// An organization's issuer is believed under that organization's path only. The provider's are believed under every path,
/// as its certificates are; where an organization has an issuer of the same address, the organization's counts there.
package final class Issuers: TokenAuthenticator {
    /// What an organization says about its issuers now.
    package struct Source: Sendable {
        /// Changes whenever the list may have changed.
        package var version: Int64
        /// The list: `spec.issuers`.
        package var list: @Sendable () -> JSON?

        package init(version: Int64, list: @escaping @Sendable () -> JSON?) {
            self.version = version
            self.list = list
        }
    }

    private struct Kept {
        var version: Int64
        var list: JSON?
        var issuers: [Issuer]
    }

    private let provider: [Issuer]
    private let source: @Sendable (String) async -> Source?
    private let transport: @Sendable (Trust) throws -> any RESTTransport
    private let now: @Sendable () -> Int64
    private let kept = Mutex<[String: Kept]>([:])

    /// - Parameters:
    ///   - provider: the issuers of the provider's own people.
    ///   - source: of an organization; absent when there is no such organization.
    ///   - transport: how an issuer is reached; must verify TLS as it is told.
    ///   - now: seconds since 1970.
    package init(
        provider: [IssuerSettings], source: @escaping @Sendable (String) async -> Source?,
        transport: @escaping @Sendable (Trust) throws -> any RESTTransport = Issuers.network,
        now: @escaping @Sendable () -> Int64
    ) throws {
        self.provider = try provider.map { settings in
            Issuer(settings, home: nil, transport: try transport(settings.trust), now: now)
        }
        self.source = source
        self.transport = transport
        self.now = now
    }

    /// Answers are small, so is what is read of them.
    package static let network: @Sendable (Trust) throws -> any RESTTransport = { trust in
        try HTTPTransport(HTTPTransport.Settings(trust: trust, connectionsPerHost: 2, answerLimit: 1 << 20))
    }

    package func review(token text: String, organization: String, audiences: [String]) async throws -> TokenOwner? {
        guard let token = WebToken(text), let address = token.issuer else { return nil }
        let issuers = organization.isEmpty ? [] : await issuers(of: organization)
        guard let issuer = (issuers + provider).first(where: { $0.settings.url == address }) else { return nil }
        return try await issuer.review(text, token, audiences: audiences)
    }

    /// An issuer whose settings did not change stays the same, with what it remembers.
    private func issuers(of organization: String) async -> [Issuer] {
        guard let source = await source(organization) else {
            kept.withLock { $0[organization] = nil }
            return []
        }
        let before = kept.withLock { $0[organization] }
        if let before, before.version == source.version { return before.issuers }
        let list = source.list()
        let isSame = before.map { $0.list == list } ?? false
        let issuers = isSame ? before?.issuers ?? [] : make(list, for: organization)
        kept.withLock { $0[organization] = Kept(version: source.version, list: list, issuers: issuers) }
        return issuers
    }

    private func make(_ list: JSON?, for organization: String) -> [Issuer] {
        IssuerSettings.read(list, at: "spec.issuers").issuers.compactMap { settings in
            guard let transport = try? transport(settings.trust) else { return nil }
            return Issuer(settings, home: organization, transport: transport, now: now)
        }
    }
}

extension IssuerSettings {
    /// TLS is always verified: by the authority that is named, else by those of the machine.
    fileprivate var trust: Trust { Trust(authorityPEM.map { .only(pem: $0) } ?? .system) }
}
