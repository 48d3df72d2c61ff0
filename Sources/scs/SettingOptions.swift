// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlPlane

/// The flags of all settings; a flag that is absent leaves the setting to the environment and the file.
struct SettingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A YAML file with settings.", valueName: "path"))
    var config: String?
    @Option(help: Self.help(.data)) var data: String?
    @Option(help: Self.help(.host)) var host: String?
    @Option(help: Self.help(.port)) var port: String?
    @Option(help: Self.help(.names)) var names: String?
    @Option(help: Self.help(.logLevel)) var logLevel: String?
    @Option(help: Self.help(.logFormat)) var logFormat: String?
    @Option(help: Self.help(.controllers)) var controllers: String?
    @Option(help: Self.help(.historyMinutes)) var historyMinutes: String?
    @Option(help: Self.help(.requestsAtOnce)) var requestsAtOnce: String?
    @Option(help: Self.help(.listsAtOnce)) var listsAtOnce: String?
    @Option(help: Self.help(.watchesAtOnce)) var watchesAtOnce: String?
    @Option(help: Self.help(.stallSeconds)) var stallSeconds: String?
    @Option(help: Self.help(.webhookRanges)) var webhookRanges: String?
    @Option(help: Self.help(.authenticationConfig)) var authenticationConfig: String?
    @Option(help: Self.help(.tokenIssuer)) var serviceAccountIssuer: String?

    private static func help(_ setting: Setting) -> ArgumentHelp {
        ArgumentHelp("\(setting.help) (default: \(setting.defaultValue))")
    }

    private var flags: [Setting: String] {
        let given: [(Setting, String?)] = [
            (.data, data), (.host, host), (.port, port), (.names, names), (.logLevel, logLevel),
            (.logFormat, logFormat), (.controllers, controllers), (.historyMinutes, historyMinutes),
            (.requestsAtOnce, requestsAtOnce), (.listsAtOnce, listsAtOnce), (.watchesAtOnce, watchesAtOnce),
            (.stallSeconds, stallSeconds),
            (.webhookRanges, webhookRanges),
            (.authenticationConfig, authenticationConfig), (.tokenIssuer, serviceAccountIssuer),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting, $0) } })
    }

    func source() async throws -> SettingsSource { try await SettingsSource(flags: flags, file: config) }

    func settings() async throws -> Settings { try Settings(try await source().values) }
}
