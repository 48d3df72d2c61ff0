// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `vm web` and `vm/web` mean the same.
enum Target {
    static func split(_ kind: String, _ names: [String]) -> (kind: String, names: [String]) {
        let parts = kind.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], [parts[1]] + names) : (kind, names)
    }
}

extension ServerOptions {
    /// Runs a command's work; a failure becomes lines on standard error and an exit code.
    func run(_ work: (Session) async throws -> Void) async throws {
        do {
            try await work(try session())
        } catch is CancellationError {
            throw ExitCode(130)
        } catch {
            throw Terminal.standard.exit(error)
        }
    }
}

extension Terminal {
    /// Tells a failure, and gives the exit code to end with.
    func exit(_ error: any Error) -> ExitCode {
        let error = CLIError(error)
        note(notes.paint("error:", .red) + " \(error.message)")
        return ExitCode(error.exit.rawValue)
    }
}
