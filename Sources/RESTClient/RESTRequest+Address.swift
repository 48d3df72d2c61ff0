// SPDX-License-Identifier: Apache-2.0

extension RESTRequest {
    /// Scheme, host and port: what messages may say of a request's address.
    package var origin: String {
        guard let schemeEnd = url.firstRange(of: "://")?.upperBound else { return "an address without a scheme" }
        let rest = url[schemeEnd...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? url.endIndex
        let authority = rest[..<end]
        // What stands before an "@" would be a password.
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return String(url[..<schemeEnd] + host)
    }

    /// The address without its query.
    package var path: String {
        guard let schemeEnd = url.firstRange(of: "://")?.upperBound else { return "" }
        guard let start = url[schemeEnd...].firstIndex(of: "/") else { return "/" }
        let end = url[start...].firstIndex { "?#".contains($0) } ?? url.endIndex
        return String(url[start..<end])
    }
}
