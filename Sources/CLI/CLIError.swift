// SPDX-License-Identifier: Apache-2.0

import Kubernetes
import RESTClient
import Resources

/// What a command ends with, for scripts; docs/cli.md tells them to users.
enum ExitReason: Int32, Sendable {
    case other = 1
    case notFound = 2
    case forbidden = 3
    case conflict = 4
    case invalid = 5
    case timedOut = 6
    case unreachable = 7
    case rejected = 8
}

/// What went wrong, in a line that says who can mend it and how; more lines list the fields at fault.
struct CLIError: Error, Hashable, Sendable {
    let message: String
    let exit: ExitReason

    init(_ message: String, exit: ExitReason = .other) {
        self.message = message
        self.exit = exit
    }
}

extension CLIError {
    /// Any failure in our words.
    init(_ error: any Error) {
        switch error {
        case let error as CLIError: self = error
        case let error as APIError: self.init(api: error)
        case let error as KubeconfigError: self.init("the kubeconfig is not usable: \(error)")
        default: self.init("\(error)")
        }
    }

    private init(api error: APIError) {
        switch error.reason.code {
        case 401:
            self.init(
                "the server does not know you; log in again or ask the administrator for a new kubeconfig",
                exit: .forbidden)
        case 403:
            self.init("\(error.message); the organization's administrator can grant it", exit: .forbidden)
        case 404, 410: self.init(error.message, exit: .notFound)
        case 409: self.init(error.message, exit: .conflict)
        case 422: self.init(Self.invalid(error), exit: .invalid)
        case 503, 504:
            self.init(
                "cannot reach the server: \(error.message); check the address in the kubeconfig and that scs serve runs",
                exit: .unreachable)
        default: self.init(error.message)
        }
    }

    private static func invalid(_ error: APIError) -> String {
        guard !error.causes.isEmpty else { return error.message }
        let object = [error.details.kind, error.details.name.map { #""\#($0)""# }].compactMap { $0 }
        let subject = object.isEmpty ? "the object" : object.joined(separator: " ")
        let lines = error.causes.map { "  \($0.text)" }
        return (["\(subject) is invalid; correct in the file:"] + lines).joined(separator: "\n")
    }
}
