// SPDX-License-Identifier: Apache-2.0

package import OpenStack

extension Neutron.Network: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Neutron.Subnet: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Neutron.Router: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Neutron.Port: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Neutron.SecurityGroup: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Neutron.FloatingIP: Marked {
    package var marks: [String] { [description].compactMap(\.self) }
}

extension Nova.Server: Marked {
    package var marks: [String] { tags ?? [] }
}

extension Marked {
    /// Whether an object made it; what was imported carries no mark, and keeps its name.
    package func carries(_ mark: String) -> Bool { marks.contains { $0.hasPrefix(mark) } }
}
