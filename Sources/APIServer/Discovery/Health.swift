// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Observing
import Serving

/// One thing that must be well for the server to be.
package struct HealthCheck: Sendable {
    package var name: String
    /// Whether a failure means "restart me" (`/livez`), or only "send me no requests" (`/readyz`).
    package var isVital: Bool
    /// What is wrong, in words for an operator; absent when all is well.
    package var problem: @Sendable () async -> String?

    /// A check; `problem` is asked at each request, so it must be quick.
    package init(_ name: String, isVital: Bool = false, problem: @escaping @Sendable () async -> String?) {
        self.name = name
        self.isVital = isVital
        self.problem = problem
    }
}

/// Runs the checks of a health path and words what they found.
///
/// https://kubernetes.io/docs/reference/using-api/health-checks/
struct HealthReport {
    private let checks: [HealthCheck]
    private let health: RequestPath.Health
    private let only: String?

    init(_ checks: [HealthCheck], _ health: RequestPath.Health, only: String?) {
        let ping = HealthCheck("ping", isVital: true) { nil }
        self.checks = ([ping] + checks).filter { health == .readyz || $0.isVital }
        self.health = health
        self.only = only
    }

    func response(isVerbose: Bool) async -> Response {
        let chosen = checks.filter { only == nil || $0.name == only }
        guard !chosen.isEmpty else { return .pageNotFound }
        var lines: [String] = []
        var isWell = true
        for check in chosen {
            // What is wrong stands in the operator's log; anybody may read this.
            let isFine = await check.problem() == nil
            isWell = isWell && isFine
            lines.append(isFine ? "[+]\(check.name) ok" : "[-]\(check.name) failed: reason withheld")
        }
        // One check alone has nothing more to tell, however it is asked.
        guard !isWell || (isVerbose && only == nil) else { return .text("ok") }
        lines.append("\(health.rawValue) check \(isWell ? "passed" : "failed")")
        return .text(lines.joined(separator: "\n") + "\n", status: isWell ? 200 : 500)
    }
}

/// What `/version` says.
package struct VersionInfo: Sendable {
    /// The version of Kubernetes whose behaviour this server has.
    package var major: String
    package var minor: String
    /// Semantic version; ours stands behind the plus sign, so that it compares as Kubernetes' own.
    package var gitVersion: String

    /// Version 1.32 unless told otherwise.
    package init(major: String = "1", minor: String = "32", gitVersion: String = "v1.32.0+scs-\(Product.version)") {
        self.major = major
        self.minor = minor
        self.gitVersion = gitVersion
    }

    var tree: JSON {
        [
            "major": .string(major), "minor": .string(minor), "gitVersion": .string(gitVersion), "gitCommit": "",
            "gitTreeState": "clean", "buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "swift",
            "platform": "linux/amd64",
        ]
    }
}
