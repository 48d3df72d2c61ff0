// SPDX-License-Identifier: Apache-2.0

/// A JSON patch (RFC 6902): operations that are applied in order, all or none.
package struct JSONPatch: Hashable, Sendable {
    /// One step of a patch.
    package enum Operation: Hashable, Sendable {
        case add(JSONPointer, JSON)
        case remove(JSONPointer)
        case replace(JSONPointer, JSON)
        case move(JSONPointer, from: JSONPointer)
        case copy(JSONPointer, from: JSONPointer)
        /// Fails the patch unless the value means the same.
        case test(JSONPointer, JSON)

        /// Where the operation takes effect.
        package var path: JSONPointer {
            switch self {
            case .add(let path, _), .remove(let path), .replace(let path, _), .move(let path, _), .copy(let path, _),
                .test(let path, _):
                path
            }
        }
    }

    /// More operations than this are refused, as upstream does.
    package static let mostOperations = 10_000

    package let operations: [Operation]

    package init(_ operations: [Operation]) { self.operations = operations }

    /// Reads a patch from its document, an array of operations.
    package init(tree: JSON) throws(JSONPatchError) {
        guard let elements = tree.array else {
            throw JSONPatchError(.malformed("a patch must be an array of operations"), index: 0, path: "")
        }
        guard elements.count <= Self.mostOperations else {
            throw JSONPatchError(
                .malformed("a patch must have at most \(Self.mostOperations) operations, has \(elements.count)"),
                index: Self.mostOperations, path: "")
        }
        var operations: [Operation] = []
        for (index, element) in elements.enumerated() {
            operations.append(try Self.operation(element, index: index))
        }
        self.operations = operations
    }

    private static func operation(_ tree: JSON, index: Int) throws(JSONPatchError) -> Operation {
        let path = try pointer("path", of: tree, index: index)
        func malformed(_ text: String) -> JSONPatchError {
            JSONPatchError(.malformed(text), index: index, path: path.description)
        }
        func value() throws(JSONPatchError) -> JSON {
            guard let value = tree["value"] else { throw malformed(#"the operation needs a "value""#) }
            return value
        }
        switch tree["op"]?.string {
        case "add": return .add(path, try value())
        case "remove": return .remove(path)
        case "replace": return .replace(path, try value())
        case "move": return .move(path, from: try pointer("from", of: tree, index: index))
        case "copy": return .copy(path, from: try pointer("from", of: tree, index: index))
        case "test": return .test(path, try value())
        default: throw malformed(#""op" must be one of add, remove, replace, move, copy, test"#)
        }
    }

    private static func pointer(_ key: String, of tree: JSON, index: Int) throws(JSONPatchError) -> JSONPointer {
        let text = tree[key]?.string
        guard let text, let pointer = JSONPointer(text) else {
            let message = #""\#(key)" must be a JSON pointer like /spec/name"#
            throw JSONPatchError(.malformed(message), index: index, path: text ?? "")
        }
        return pointer
    }
}

/// Which operation of a patch failed, and why.
package struct JSONPatchError: Error, Hashable, Sendable {
    /// What went wrong; only `malformed` is the patch's own fault.
    package enum Problem: Hashable, Sendable {
        /// The patch is no patch.
        case malformed(String)
        /// There is nothing at the path, or no object or array to hold it.
        case missing
        /// A `test` found something else.
        case testFailed
        /// A value was to be moved into itself.
        case movedIntoItself
        /// The patch copies, moves or walks more than the limit allows.
        case tooMuch
    }

    /// The place of the operation in the patch, from 0.
    package let index: Int
    /// The pointer that it was about.
    package let path: String
    package let problem: Problem

    package init(_ problem: Problem, index: Int, path: String) {
        self.problem = problem
        self.index = index
        self.path = path
    }
}

extension JSONPatchError: CustomStringConvertible {
    /// Names operation and path, never a value.
    package var description: String {
        let why =
            switch problem {
            case .malformed(let text): text
            case .missing: "nothing is there"
            case .testFailed: "the test failed"
            case .movedIntoItself: "a value cannot be moved into itself"
            case .tooMuch: "the patch copies or moves too much"
            }
        return path.isEmpty ? "operation \(index): \(why)" : "operation \(index) at \(path): \(why)"
    }
}
