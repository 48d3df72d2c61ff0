// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree

/// `1.20`: what a version of kubectl does that another one does not is told by these two numbers.
struct KubectlVersion: Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int

    /// Older than all.
    static let oldest = KubectlVersion(major: 0, minor: 0)

    /// From `1.20`, or from `v1.20.2`.
    init?(_ text: String) {
        let numbers = text.drop { $0 == "v" }.split(separator: ".").prefix(2).map { Int($0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major: major, minor: minor)
    }

    init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    var description: String { "\(major).\(minor)" }

    static func < (left: KubectlVersion, right: KubectlVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

/// A kubectl on this machine.
struct Kubectl: CustomStringConvertible, Sendable {
    var version: KubectlVersion
    var path: String

    var description: String { "kubectl \(version)" }

    /// Those that `SCS_KUBECTL` lists, with colons between; the oldest first, each version once.
    static let all: [Kubectl] = {
        let paths = ProcessInfo.processInfo.environment["SCS_KUBECTL"]?.split(separator: ":").map(String.init) ?? []
        let found = paths.compactMap { path in version(of: path).map { Kubectl(version: $0, path: path) } }
        return Dictionary(grouping: found, by: \.version.description).values.compactMap(\.first)
            .sorted { $0.version < $1.version }
    }()

    private static func version(of path: String) -> KubectlVersion? {
        let client = try? Binary.run(["version", "--client", "-o", "json"], executable: URL(filePath: path))
        return client.flatMap { try? JSON(parsing: $0.output) }?["clientVersion"]?["gitVersion"]?.string
            .flatMap { KubectlVersion($0) }
    }
}
