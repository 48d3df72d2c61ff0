// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStackSimulator

/// What a site must hold for objects of ours, and what it does hold, both as lines that can be compared.
enum Holdings {
    /// A line for each thing at the site: its kind, the mark that it carries, and its name where ours have the same.
    static func lines(of site: SimulatedSite) -> [String] {
        site.inventory.map { thing in
            let words = thing.marks.flatMap { $0.split(separator: " ").map(String.init) }
            let keypair = thing.kind == "keypair" ? "scs:\(thing.name.dropFirst("scs-".count))" : nil
            let mark = keypair ?? words.first { $0.hasPrefix("scs:") } ?? "unmarked"
            let isNamed = ["server", "port", "network", "security_group"].contains(thing.kind) && mark != "unmarked"
            return isNamed ? "\(thing.kind) \(mark) \(thing.name)" : "\(thing.kind) \(mark)"
        }.sorted()
    }

    /// A line for each thing that there must be for these objects, which are ready.
    static func lines(for objects: [JSON]) -> [String] {
        objects.flatMap { object in
            let mark = "scs:\(object.text("metadata", "uid"))"
            let name = object.text("metadata", "name")
            switch object["kind"]?.string {
            case "VirtualMachine": return machine(object, mark, name)
            case "Network": return network(object, mark, name)
            case "Port": return ["port \(mark) \(name)"]
            case "SecurityGroup":
                let rules = object["spec"]?["rules"]?.array ?? []
                return ["security_group \(mark) \(name)"] + rules.map { _ in "security_group_rule \(mark)" }
            case "SSHKey": return (object["status"]?["sites"]?.array ?? []).map { _ in "keypair \(mark)" }
            case "Project": return (object["status"]?["sites"]?.array ?? []).map { _ in "project \(mark)" }
            case "Organization": return ["user \(mark)"]
            default: return []
            }
        }.sorted()
    }

    private static func machine(_ object: JSON, _ mark: String, _ name: String) -> [String] {
        var lines = ["server \(mark) \(name)"]
        if object["spec"]?["floatingIP"] != nil { lines.append("floatingip \(mark)") }
        // A flavor without a disk boots from a volume that Nova makes.
        if object.text("spec", "flavor") == "SCS-1V-2" { lines.append("volume unmarked") }
        return lines
    }

    private static func network(_ object: JSON, _ mark: String, _ name: String) -> [String] {
        let subnets = object["spec"]?["subnets"]?.array ?? []
        let lines = ["network \(mark) \(name)"] + subnets.map { _ in "subnet \(mark)" }
        guard object.text("spec", "externalNetwork") != "None" else { return lines }
        // The router's own port in each subnet carries nobody's mark.
        return lines + ["router \(mark)"] + subnets.map { _ in "port unmarked" }
    }
}

extension JSON {
    /// The text at a place; empty when there is none.
    func text(_ member: String, _ inner: String) -> String { self[member]?[inner]?.string ?? "" }

    /// Whether the object's condition of that type is true.
    func isTrue(_ condition: String) -> Bool { self.condition(condition)?["status"]?.string == "True" }

    func condition(_ type: String) -> JSON? {
        self["status"]?["conditions"]?.array?.first { $0["type"]?.string == type }
    }
}
