// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Kubernetes
import RESTClient

/// An `scs serve` with an empty store and without reconcilers, on a port of this machine.
struct ServerProcess {
    private let process: Process
    private let config: Kubeconfig
    /// From starting the binary to the first good answer of /readyz.
    let readyAfter: Duration

    struct NotReady: Error, CustomStringConvertible {
        var description: String { "the server was not ready within 30 s" }
    }

    var figures: ProcessFigures { ProcessFigures(pid: process.processIdentifier) }

    static func start(_ binary: String, data: String) async throws -> ServerProcess {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = [
            "serve", "--data", data, "--port", "0", "--controllers", "none",
            "--log-level", "warning",
        ]
        process.standardOutput = FileHandle.standardError
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        do {
            while clock.now - start < .seconds(30), process.isRunning {
                try await clock.sleep(for: .milliseconds(2))
                guard let text = try? String(contentsOfFile: "\(data)/admin.kubeconfig", encoding: .utf8),
                    let config = try? Kubeconfig(parsing: text)
                else { continue }
                let api = try API(config, connections: 1)
                guard let answer = try? await api.send(.get, "readyz"), answer.status == 200 else { continue }
                return ServerProcess(process: process, config: config, readyAfter: clock.now - start)
            }
            throw NotReady()
        } catch {
            process.terminate()
            throw error
        }
    }

    func connect(connections: Int) throws -> API { try API(config, connections: connections) }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
