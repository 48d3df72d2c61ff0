// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlPlane

/// `scs config`: what can be set, and what is.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print all settings of `scs serve` as a YAML file, with their present values.")

    @OptionGroup var settings: SettingOptions

    func run() async throws {
        let values = try await settings.source().values
        _ = try Settings(values)
        for setting in Setting.all {
            print("# \(setting.help)")
            print("# --\(setting.name), \(setting.environmentVariable); default \"\(setting.defaultValue)\"")
            print("\(setting.name): \"\(values[setting] ?? setting.defaultValue)\"\n")
        }
    }
}
