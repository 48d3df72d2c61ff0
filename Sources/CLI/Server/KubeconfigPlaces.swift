// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Kubernetes

/// Where kubeconfigs stand, as `kubectl` looks for them: a named file, else those of `KUBECONFIG`, else `~/.kube/config`.
struct KubeconfigPlaces: Hashable, Sendable {
    let paths: [String]
    /// Whether a file that is not there is left out, as in a list.
    let mayBeAbsent: Bool

    init(named: String?, environment: [String: String]) {
        let listed = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
        if let named {
            (paths, mayBeAbsent) = ([named], false)
        } else if !listed.isEmpty {
            (paths, mayBeAbsent) = (listed, true)
        } else {
            (paths, mayBeAbsent) = ([(environment["HOME"] ?? "") + "/.kube/config"], false)
        }
    }

    /// What the files say together.
    func tree() throws -> JSON {
        let present = mayBeAbsent ? paths.filter { FileManager.default.fileExists(atPath: $0) } : paths
        guard !present.isEmpty else { throw unreadable(paths.joined(separator: " or ")) }
        var files: [(name: String, text: String)] = []
        for path in present {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw unreadable(path) }
            files.append((path, text))
        }
        return try Kubeconfig.joined(files)
    }

    private func unreadable(_ path: String) -> CLIError {
        CLIError("cannot read \(path); name a kubeconfig with --kubeconfig or KUBECONFIG")
    }
}
