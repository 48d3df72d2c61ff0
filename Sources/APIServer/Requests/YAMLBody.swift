// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources
import Yams

/// Reads YAML as the JSON tree that it means.
///
/// What makes YAML dangerous is refused: several documents, anchors (a few lines of which can mean gigabytes), merge keys, keys
/// that are no texts, keys that stand twice. Plain scalars follow YAML 1.1 as Kubernetes clients read them, so `yes` and `on`
/// are booleans.
package enum YAMLBody {
    /// The tree; throws `APIError.badRequest` with the line of the mistake.
    package static func tree(_ bytes: [UInt8]) throws(APIError) -> JSON {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw APIError(.badRequest, "error decoding YAML: the body is not UTF-8")
        }
        guard !hasAnchor(bytes) else {
            throw APIError(.badRequest, "error decoding YAML: anchors are not accepted; write the values out")
        }
        let root: Node?
        do { root = try Parser(yaml: text).singleRoot() } catch { throw refusal(error) }
        guard let root else { return .null }
        var elements = 0
        return try json(root, depth: 0, &elements)
    }

    /// Whether a token begins with an ampersand, the only way to write an anchor.
    private static func hasAnchor(_ bytes: [UInt8]) -> Bool {
        var before = UInt8(ascii: "\n")
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "&"), " \t\r\n[{,:".utf8.contains(before), index + 1 < bytes.count,
                !" \t\r\n&".utf8.contains(bytes[index + 1])
            {
                return true
            }
            before = byte
        }
        return false
    }

    private static func refusal(_ error: any Error) -> APIError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            APIError(.badRequest, "error decoding YAML: line \(mark.line): \(problem)")
        case .duplicatedKeysInMapping: APIError(.badRequest, "error decoding YAML: a key stands twice in one mapping")
        default: APIError(.badRequest, "error decoding YAML: the text is no YAML document")
        }
    }

    private static func json(_ node: Node, depth: Int, _ elements: inout Int) throws(APIError) -> JSON {
        elements += 1
        guard depth <= ParseLimits.standard.depth, elements <= ParseLimits.standard.elements else {
            throw APIError(.badRequest, "error decoding YAML: too deep or too many elements")
        }
        switch node {
        case .scalar(let scalar): return scalar.style == .plain ? plain(scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            var values: [JSON] = []
            for element in sequence { values.append(try json(element, depth: depth + 1, &elements)) }
            return .array(values)
        case .mapping(let mapping):
            var members: [JSONObject.Member] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string, name != "<<" else {
                    throw APIError(
                        .badRequest, "error decoding YAML: keys must be texts, and merge keys are not accepted")
                }
                members.append(.init(key: name, value: try json(value, depth: depth + 1, &elements)))
            }
            return .object(JSONObject(distinct: members))
        case .alias: throw APIError(.badRequest, "error decoding YAML: aliases are not accepted")
        }
    }

    private static func plain(_ text: String) -> JSON {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
        default: break
        }
        guard let first = text.utf8.first, "+-0123456789".utf8.contains(first) else { return .string(text) }
        if let number = try? JSON(parsing: text), number.number != nil { return number }
        if text.hasPrefix("0x"), let number = Int64(text.dropFirst(2), radix: 16) { return .integer(number) }
        if text.hasPrefix("0"), let number = Int64(text, radix: 8) { return .integer(number) }
        return .string(text)
    }
}
