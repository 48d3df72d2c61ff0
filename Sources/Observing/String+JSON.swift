// SPDX-License-Identifier: Apache-2.0

import Logging

extension String {
    /// Appends the text as a JSON string.
    mutating func appendJSON(_ text: String) {
        append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\t": append("\\t")
            case "\r": append("\\r")
            case _ where scalar.value < 0x20:
                append("\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16))
            default: unicodeScalars.append(scalar)
            }
        }
        append("\"")
    }

    mutating func appendJSON(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): appendJSON(text)
        case .stringConvertible(let value): appendJSON(value.description)
        case .array(let values): appendList("[", "]", values) { line, value in line.appendJSON(value) }
        case .dictionary(let members):
            appendList("{", "}", members.sorted { $0.key < $1.key }) { line, member in
                line.appendJSON(member.key)
                line += ":"
                line.appendJSON(member.value)
            }
        @unknown default: appendJSON(value.description)
        }
    }

    private mutating func appendList<Element>(
        _ open: String, _ close: String, _ elements: [Element], _ add: (inout String, Element) -> Void
    ) {
        self += open
        for (index, element) in elements.enumerated() {
            if index > 0 { self += "," }
            add(&self, element)
        }
        self += close
    }
}
