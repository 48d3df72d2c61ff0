// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Yams

/// YAML as the JSON trees that it means, and back.
///
/// Plain scalars follow YAML 1.1 as Kubernetes clients read them, so `yes` and `on` are booleans. Keys that are no texts, keys
/// that stand twice and merge keys are refused; depth and the number of elements are bounded as for JSON.
package enum YAML {
    /// Whether a text may write a value once and refer to it; a few such lines can mean gigabytes.
    package enum Anchors: Hashable, Sendable { case refused, expanded }

    /// The trees of all documents in a text; an empty document is `null`.
    ///
    /// - Throws: `YAMLError`, which tells the line and never quotes the text.
    package static func documents(_ text: String, anchors: Anchors = .refused) throws(YAMLError) -> [JSON] {
        guard anchors == .expanded || !hasAnchor(text) else {
            throw YAMLError("anchors are not accepted; write the values out")
        }
        let nodes: [Node]
        do { nodes = Array(try Parser(yaml: text).allRoots()) } catch { throw YAMLError(error) }
        var reader = NodeReader()
        var trees: [JSON] = []
        for node in nodes { trees.append(try reader.tree(node, depth: 0)) }
        return trees
    }

    /// Whether a token begins with an ampersand, the only way to write an anchor.
    private static func hasAnchor(_ text: String) -> Bool {
        let bytes = text.utf8
        var before = UInt8(ascii: "\n")
        var isOpen = false
        for byte in bytes {
            if isOpen, !" \t\r\n&".utf8.contains(byte) { return true }
            isOpen = byte == UInt8(ascii: "&") && " \t\r\n[{,:".utf8.contains(before)
            before = byte
        }
        return false
    }
}

extension Parser {
    fileprivate func allRoots() throws -> [Node] {
        var nodes: [Node] = []
        while let node = try nextRoot() { nodes.append(node) }
        return nodes
    }
}

/// Turns the parser's nodes into one tree and counts what it makes.
private struct NodeReader {
    private var elements = 0

    mutating func tree(_ node: Node, depth: Int) throws(YAMLError) -> JSON {
        elements += 1
        guard depth <= ParseLimits.standard.depth, elements <= ParseLimits.standard.elements else {
            throw YAMLError("too deep or too many elements")
        }
        switch node {
        case .scalar(let scalar):
            return scalar.style == .plain ? JSON(plainYAML: scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            var values: [JSON] = []
            for element in sequence { values.append(try tree(element, depth: depth + 1)) }
            return .array(values)
        case .mapping(let mapping): return try members(mapping, depth: depth)
        case .alias: throw YAMLError("aliases are not accepted; write the values out")
        }
    }

    private mutating func members(_ mapping: Node.Mapping, depth: Int) throws(YAMLError) -> JSON {
        var members: [JSONObject.Member] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string, name != "<<" else {
                throw YAMLError("keys must be texts, and merge keys are not accepted")
            }
            members.append(.init(key: name, value: try tree(value, depth: depth + 1)))
        }
        return .object(JSONObject(distinct: members))
    }
}

extension JSON {
    /// What a scalar without quotes means.
    fileprivate init(plainYAML text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": self = true
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": self = false
        default: self = Self.number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> JSON? {
        guard let first = text.utf8.first, "+-0123456789".utf8.contains(first) else { return nil }
        if let number = try? JSON(parsing: text), number.number != nil { return number }
        if text.hasPrefix("0x"), let number = Int64(text.dropFirst(2), radix: 16) { return .integer(number) }
        if text.hasPrefix("0o"), let number = Int64(text.dropFirst(2), radix: 8) { return .integer(number) }
        if text.hasPrefix("0"), let number = Int64(text, radix: 8) { return .integer(number) }
        return nil
    }
}
