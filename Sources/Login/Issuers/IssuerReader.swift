// SPDX-License-Identifier: Apache-2.0

import CEL
package import JSONTree
package import Resources
import SwiftASN1
import X509

extension IssuerSettings {
    /// Reads a list of issuers, and everything that is wrong with it; `path` is where the list stands: `jwt`.
    ///
    /// An issuer with an issue is left out.
    package static func read(_ list: JSON?, at path: String) -> (issuers: [IssuerSettings], issues: [FieldIssue]) {
        guard let list, !list.isNull else { return ([], []) }
        guard let elements = list.array else {
            return ([], [FieldIssue(path: path, reason: .typeInvalid, message: "must be a list")])
        }
        guard elements.count <= most else {
            return ([], [FieldIssue(path: path, reason: .tooMany, message: "must be at most \(most)")])
        }
        var (issuers, issues, seen) = ([IssuerSettings](), [FieldIssue](), Set<String>())
        for (index, element) in elements.enumerated() {
            var reader = IssuerReader(path: "\(path)[\(index)]")
            let issuer = reader.issuer(element)
            for url in [issuer?.url, issuer?.discoveryURL].compactMap(\.self) where !seen.insert(url).inserted {
                reader.add("issuer.url", .duplicate, "is there twice, as an issuer's or a discovery URL")
            }
            issues += reader.issues
            if let issuer, reader.issues.isEmpty { issuers.append(issuer) }
        }
        return (issuers, issues)
    }

    /// Issuers of one list.
    package static let most = 64
}

/// Reads one issuer and collects what is wrong.
struct IssuerReader {
    let path: String
    private(set) var issues: [FieldIssue] = []

    init(path: String) { self.path = path }

    mutating func add(_ member: String, _ message: String) { add(member, .invalid, message) }

    mutating func add(_ member: String, _ reason: FieldIssue.Reason, _ message: String) {
        issues.append(FieldIssue(path: "\(path).\(member)", reason: reason, message: message))
    }

    /// Absent when the username's source or the address is missing; other faults are in `issues` only.
    mutating func issuer(_ tree: JSON) -> IssuerSettings? {
        let url = address(tree["issuer"]?["url"], "issuer.url")
        let discovery = tree["issuer"]?["discoveryURL"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        if discovery != nil { _ = address(tree["issuer"]?["discoveryURL"], "issuer.discoveryURL") }
        if discovery != nil, discovery == url { add("issuer.discoveryURL", "must differ from url; leave it out") }
        let audiences = audiences(tree["issuer"])
        let authority = authority(tree["issuer"]?["certificateAuthority"])
        let claimRules = list(tree, "claimValidationRules").enumerated().compactMap { claimRule($1, $0) }
        let mappings = tree["claimMappings"]
        let username = source(mappings?["username"], "claimMappings.username", needsPrefix: true, giving: [.string])
        if mappings?["username"] == nil { add("claimMappings.username", .required, "is required") }
        let groups = source(
            mappings?["groups"], "claimMappings.groups", needsPrefix: true,
            giving: [.string, .list(.string), .list(.dyn)])
        let uid = source(mappings?["uid"], "claimMappings.uid", needsPrefix: false, giving: [.string])
        let extra = extras(mappings?["extra"])
        let userRules = list(tree, "userValidationRules").enumerated().compactMap { userRule($1, $0) }
        guard let url, let username else { return nil }
        let settings = IssuerSettings(
            url: url, discoveryURL: discovery, authorityPEM: authority, audiences: audiences, claimRules: claimRules,
            userRules: userRules, username: username, groups: groups, uid: uid, extra: extra)
        checkEmail(settings)
        return settings
    }

    private func list(_ tree: JSON, _ member: String) -> [JSON] { tree[member]?.array ?? [] }

    /// https, a host, and nothing that hides another one.
    private mutating func address(_ value: JSON?, _ member: String) -> String? {
        guard let text = value?.string, !text.isEmpty else {
            add(member, .required, "is required")
            return nil
        }
        let rest = text.dropFirst("https://".count)
        guard text.hasPrefix("https://"), let first = rest.first, !"/:".contains(first), text.utf8.count <= 2048,
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), !rest.contains(where: { "?#@\\".contains($0) })
        else {
            add(member, "must be an https URL without user, query or fragment")
            return nil
        }
        return text
    }

    private mutating func audiences(_ issuer: JSON?) -> [String] {
        let audiences = (issuer?["audiences"]?.array ?? []).compactMap(\.string)
        if audiences.isEmpty { add("issuer.audiences", .required, "at least one is required") }
        if audiences.contains("") { add("issuer.audiences", "must not hold an empty text") }
        if Set(audiences).count < audiences.count { add("issuer.audiences", .duplicate, "holds a text twice") }
        let policy = issuer?["audienceMatchPolicy"]?.string ?? ""
        if !["", "MatchAny"].contains(policy) || (audiences.count > 1 && policy.isEmpty) {
            add("issuer.audienceMatchPolicy", "must be MatchAny when there are several audiences")
        }
        return audiences
    }

    private mutating func authority(_ value: JSON?) -> String? {
        guard let pem = value?.string, !pem.isEmpty else { return nil }
        let certificates = (try? PEMDocument.parseMultiple(pemString: pem)) ?? []
        if certificates.isEmpty || certificates.contains(where: { (try? Certificate(pemDocument: $0)) == nil }) {
            add("issuer.certificateAuthority", "must be certificates in PEM")
        }
        return pem
    }
}

// MARK: - Mappings and rules

extension IssuerReader {
    private mutating func source(
        _ tree: JSON?, _ member: String, needsPrefix: Bool, giving types: [ValueType]
    ) -> ClaimSource? {
        guard let tree, !tree.isNull else { return nil }
        let (claim, text) = (tree["claim"]?.string ?? "", tree["expression"]?.string ?? "")
        let prefix = tree["prefix"]?.string
        switch (claim.isEmpty, text.isEmpty) {
        case (true, true):
            if member.hasSuffix("groups"), prefix == nil { return nil }
            add(member, .required, "claim or expression is required")
        case (false, false): add(member, "claim and expression exclude each other")
        case (false, true):
            if needsPrefix, prefix == nil { add("\(member).prefix", .required, "is required with claim; may be empty") }
            return .claim(claim, prefix: prefix ?? "")
        case (true, false):
            if prefix != nil { add("\(member).prefix", "excludes expression") }
            return expression(text, "\(member).expression", on: .claims, giving: types).map(ClaimSource.expression)
        }
        return nil
    }

    private mutating func expression(
        _ text: String, _ member: String, on subject: ClaimExpression.Subject, giving types: [ValueType]
    ) -> ClaimExpression? {
        do throws(ExpressionProblem) {
            return try ClaimExpression(text, on: subject, giving: types)
        } catch {
            add(member, error.message)
            return nil
        }
    }

    private mutating func extras(_ list: JSON?) -> [ExtraClaim] {
        var seen: Set<String> = []
        return (list?.array ?? []).enumerated().compactMap { index, tree in
            let member = "claimMappings.extra[\(index)]"
            let key = tree["key"]?.string ?? ""
            if let problem = Self.problem(ofKey: key) { add("\(member).key", problem) }
            if !seen.insert(key).inserted { add("\(member).key", .duplicate, "is there twice") }
            let text = tree["valueExpression"]?.string ?? ""
            return expression(
                text, "\(member).valueExpression", on: .claims, giving: [.string, .list(.string), .list(.dyn)]
            ).map { ExtraClaim(key: key, value: $0) }
        }
    }

    private static func problem(ofKey key: String) -> String? {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), key == key.lowercased() else {
            return "must be a domain, a slash and a path, in small letters"
        }
        let isReserved = ["k8s.io", "kubernetes.io"].contains { parts[0] == $0 || parts[0].hasSuffix(".\($0)") }
        return isReserved ? "must not be of k8s.io or kubernetes.io, which are reserved" : nil
    }

    private mutating func claimRule(_ tree: JSON, _ index: Int) -> ClaimRule? {
        let member = "claimValidationRules[\(index)]"
        let (claim, text) = (tree["claim"]?.string ?? "", tree["expression"]?.string ?? "")
        let message = tree["message"]?.string ?? ""
        switch (claim.isEmpty, text.isEmpty) {
        case (false, true):
            if !message.isEmpty { add("\(member).message", "is for expression only") }
            return .equal(claim: claim, value: tree["requiredValue"]?.string ?? "")
        case (true, false):
            if tree["requiredValue"] != nil { add("\(member).requiredValue", "is for claim only") }
            return expression(text, "\(member).expression", on: .claims, giving: [.bool]).map {
                .expression($0, message: message)
            }
        case (true, true): add(member, .required, "claim or expression is required")
        case (false, false): add(member, "claim and expression exclude each other")
        }
        return nil
    }

    private mutating func userRule(_ tree: JSON, _ index: Int) -> UserRule? {
        let member = "userValidationRules[\(index)].expression"
        let text = tree["expression"]?.string ?? ""
        return expression(text, member, on: .user, giving: [.bool]).map {
            UserRule(expression: $0, message: tree["message"]?.string ?? "")
        }
    }

    /// Who logs in by an address must have shown that it is theirs, as upstream demands.
    private mutating func checkEmail(_ settings: IssuerSettings) {
        guard case .expression(let username) = settings.username, username.source.contains("claims.email") else {
            return
        }
        var sources = [username.source] + settings.extra.map(\.value.source)
        for case .expression(let rule, _) in settings.claimRules { sources.append(rule.source) }
        guard !sources.contains(where: { $0.contains("email_verified") }) else { return }
        add(
            "claimMappings.username.expression",
            "uses claims.email, so claims.email_verified must be used here, in extra, or in a claim validation rule")
    }
}
