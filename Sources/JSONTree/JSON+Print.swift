// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The compact text as UTF-8.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        print(to: &output)
        return output
    }

    /// The compact text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends the compact text: no spaces, members in their order, numbers as they were spelled.
    package func print(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .decimal(let spelling): output.append(contentsOf: spelling.utf8)
        case .string(let text): Self.print(text, to: &output)
        case .array(let elements):
            var separator = UInt8(ascii: "[")
            for element in elements {
                output.append(separator)
                separator = UInt8(ascii: ",")
                element.print(to: &output)
            }
            if elements.isEmpty { output.append(separator) }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            var separator = UInt8(ascii: "{")
            for member in object.members {
                output.append(separator)
                separator = UInt8(ascii: ",")
                Self.print(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.print(to: &output)
            }
            if object.isEmpty { output.append(separator) }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a string in quotes, for those who write JSON without a tree.
    package static func print(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let start = output.count
        output.append(contentsOf: text.utf8)
        if let special = JSONBytes.firstSpecial(output.span, from: start) {
            escape(from: special, in: &output)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Replaces what cannot stand in a string as it is, from the first such byte on.
    private static func escape(from first: Int, in output: inout [UInt8]) {
        let rest = output[first...].map(\.self)
        output.removeLast(rest.count)
        for byte in rest {
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): output.append(contentsOf: #"\\"#.utf8)
            case 0x0A: output.append(contentsOf: #"\n"#.utf8)
            case 0x0D: output.append(contentsOf: #"\r"#.utf8)
            case 0x09: output.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                output.append(contentsOf: #"\u00"#.utf8)
                output.append(hexadecimalDigit(byte >> 4))
                output.append(hexadecimalDigit(byte & 15))
            default: output.append(byte)
            }
        }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
