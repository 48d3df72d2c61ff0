// SPDX-License-Identifier: Apache-2.0

import Configuration
import SystemPackage

/// Where settings come from: flags over the environment over a YAML file over the defaults.
package struct SettingsSource: Sendable {
    private let reader: ConfigReader

    /// Reads the file, when one is named; throws when it cannot be read or is no YAML mapping.
    ///
    /// - Parameters:
    ///   - flags: what stood on the command line, by setting.
    ///   - file: the path of a YAML file.
    ///   - environment: the process's own when absent.
    package init(flags: [Setting: String], file: String? = nil, environment: [String: String]? = nil) async throws {
        let texts = flags.map { (AbsoluteConfigKey([$0.key.name]), ConfigValue(.string($0.value), isSecret: false)) }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: texts))
        ]
        let variables = environment.map { EnvironmentVariablesProvider(environmentVariables: $0) }
        providers.append((variables ?? EnvironmentVariablesProvider()).prefixKeys(with: "scs"))
        if let file { providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file))) }
        reader = ConfigReader(providers: providers)
    }

    /// What is set, without the defaults.
    package var values: [Setting: String] {
        var values: [Setting: String] = [:]
        for setting in Setting.all { values[setting] = text(setting) }
        return values
    }

    /// A file may say a number without quotes.
    private func text(_ setting: Setting) -> String? {
        let key = ConfigKey([setting.name])
        return reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init)
    }
}
