// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlPlane
import YAMLTree

/// `scs crds`: our kinds for a Kubernetes API server.
struct CRDsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crds", abstract: "Print our kinds as CustomResourceDefinitions, for any Kubernetes API server.",
        discussion: "No server is asked: scs crds | kubectl apply --server-side -f -")

    @Argument(help: "Plurals or names of kinds, such as networks or Network; all when none is given.")
    var kinds: [String] = []

    func validate() throws {
        let known = Set(Definitions.all.flatMap(\.words))
        if let stranger = kinds.first(where: { !known.contains($0.lowercased()) }) {
            throw ValidationError("There is no kind \(stranger); scs crds | grep '  name:' shows them.")
        }
    }

    func run() {
        let chosen = Set(kinds.map { $0.lowercased() })
        for definition in Definitions.all where chosen.isEmpty || !chosen.isDisjoint(with: definition.words) {
            print("---")
            for line in YAML.lines(definition.tree) { print(line) }
        }
    }
}
