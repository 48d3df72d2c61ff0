// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

private let python = ProcessInfo.processInfo.environment["SCS_PYTHON"]

/// The client for Python from PyPI, in the environment that the script made.
@Suite(
    "The Python client", .timeLimit(.minutes(5)),
    .enabled(if: python != nil, "SCS_PYTHON names no Python with the client; script/test-clients does"))
struct PythonTests {
    @Test("works as it is: typed, dynamic, watching, electing a leader")
    func all() async throws {
        let interpreter = try #require(python)
        let server = RunningServer()
        try await server.start(["--demo"])
        let script = Storyteller.folder.appending(path: "Python/client_test.py").path
        let result = try Binary.run(
            [script], environment: ["KUBECONFIG": server.data.appending(path: "admin.kubeconfig").path],
            executable: URL(filePath: interpreter))
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }
}
