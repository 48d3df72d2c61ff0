// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Resources

extension Site {
    /// The services whose address a site may replace.
    static let services: [String: ServiceType] = Dictionary(
        uniqueKeysWithValues: [.identity, .compute, .network, .image, .volume].map { (service: ServiceType) in
            (service.name, service)
        })

    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        var issues =
            old == nil
            ? NameRule.label.issues(new.metadata.name).map { FieldIssue(path: "metadata.name", message: $0) } : []
        for member in new.spec?["endpoints"]?.object?.members ?? [] {
            let path = "spec.endpoints[\(member.key)]"
            if services[member.key] == nil {
                issues.append(
                    FieldIssue(
                        path: path, reason: .notSupported,
                        message: "must be one of \(services.keys.sorted().joined(separator: ", "))"))
            }
            if let url = member.value.string, !isAddress(url) {
                issues.append(
                    FieldIssue(path: path, message: "must be an http or https address without user, query and fragment")
                )
            }
        }
        if let pem = new.spec?["caCertificate"]?.string, !pem.contains("-----BEGIN CERTIFICATE-----") {
            issues.append(FieldIssue(path: "spec.caCertificate", message: "must be certificates in PEM"))
        }
        return issues
    }

    private static func isAddress(_ url: String) -> Bool {
        (url.hasPrefix("http://") || url.hasPrefix("https://"))
            && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !url.contains { "?#@".contains($0) }
    }
}
