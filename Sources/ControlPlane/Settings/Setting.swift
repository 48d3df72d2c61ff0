// SPDX-License-Identifier: Apache-2.0

/// One thing that the operator can set: by flag, in the environment, in the file, or not at all.
///
/// The flag is `--name`, the environment variable `SCS_NAME`, the member of the file `name`; the first of them wins.
package struct Setting: Hashable, Sendable {
    /// Words joined by hyphens: `listen-port`.
    package let name: String
    package let defaultValue: String
    package let help: String

    package var environmentVariable: String { "SCS_" + name.uppercased().replacing("-", with: "_") }
}

extension Setting {
    package static let data = Setting(
        name: "data", defaultValue: "data",
        help: "folder of the store, the keys, the admin kubeconfig and the audit log")
    package static let host = Setting(
        name: "host", defaultValue: "127.0.0.1", help: "address to listen on; 0.0.0.0 for all")
    package static let port = Setting(
        name: "port", defaultValue: "8443", help: "port to listen on; 0 takes a free one")
    package static let names = Setting(
        name: "names", defaultValue: "",
        help:
            "further host names and addresses for the server's certificate, comma-separated; the first goes into kubeconfigs"
    )
    package static let logLevel = Setting(
        name: "log-level", defaultValue: "notice", help: "trace, debug, info, notice, warning, error or critical")
    package static let logFormat = Setting(name: "log-format", defaultValue: "text", help: "text or json")
    package static let controllers = Setting(
        name: "controllers", defaultValue: "all", help: "all, or none: an API server without reconcilers")
    package static let historyMinutes = Setting(
        name: "history-minutes", defaultValue: "60",
        help: "how long the history of changes is kept for watches that resume")
    package static let requestsAtOnce = Setting(
        name: "requests-at-once", defaultValue: "400", help: "how many requests work at once; further ones wait")
    package static let listsAtOnce = Setting(
        name: "lists-at-once", defaultValue: "32", help: "how many lists are made and sent at once; further ones wait")
    package static let watchesAtOnce = Setting(
        name: "watches-at-once", defaultValue: "40000", help: "how many watches may be open; further ones are refused")
    package static let stallSeconds = Setting(
        name: "stall-seconds", defaultValue: "60",
        help: "a client that takes nothing of an answer for so long is cut off")

    package static let webhookRanges = Setting(
        name: "webhook-ranges", defaultValue: "",
        help:
            "private address ranges that webhooks of organizations may reach, comma-separated; the open Internet they may always"
    )

    package static let authenticationConfig = Setting(
        name: "authentication-config", defaultValue: "",
        help: "file of kind AuthenticationConfiguration: the OpenID Connect issuers of the provider's own people")
    package static let tokenIssuer = Setting(
        name: "service-account-issuer", defaultValue: "",
        help:
            "https URL under which clients reach this server, named in service-account tokens; otherwise names and port"
    )

    package static let all: [Setting] = [
        data, host, port, names, logLevel, logFormat, controllers, historyMinutes, requestsAtOnce, listsAtOnce,
        watchesAtOnce, stallSeconds, webhookRanges, authenticationConfig, tokenIssuer,
    ]
}
