// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the user's own clouds.yaml where OpenStack's clients look for it.
///
/// https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html#config-files
struct CloudsFileSearch {
    var environment: [String: String]
    var directory: String

    static let current = CloudsFileSearch(
        environment: ProcessInfo.processInfo.environment, directory: FileManager.default.currentDirectoryPath)

    /// None of these files is there.
    struct NotFound: Error, CustomStringConvertible {
        let candidates: [String]
        var description: String {
            "no clouds.yaml is found at \(candidates.joined(separator: ", ")); set OS_CLIENT_CONFIG_FILE to yours"
        }
    }

    var candidates: [String] {
        if let named = environment["OS_CLIENT_CONFIG_FILE"], !named.isEmpty { return [named] }
        let home = environment["HOME"] ?? ""
        return ["\(directory)/clouds.yaml", "\(home)/.config/openstack/clouds.yaml", "/etc/openstack/clouds.yaml"]
    }

    func text() throws -> String {
        guard let path = candidates.first(where: FileManager.default.fileExists) else {
            throw NotFound(candidates: candidates)
        }
        return try String(contentsOfFile: path, encoding: .utf8)
    }
}
