// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The value with a JSON patch applied; unless every operation succeeds, none does.
    package func applying(_ patch: JSONPatch) throws(JSONPatchError) -> JSON {
        var editor = PatchEditor(document: self)
        for (index, operation) in patch.operations.enumerated() {
            do throws(JSONPatchError.Problem) {
                try editor.perform(operation)
            } catch {
                throw JSONPatchError(error, index: index, path: operation.path.description)
            }
        }
        return editor.document
    }
}

extension JSONPatchError.Problem: Error {}

/// A document in the middle of a patch, with what the patch may still do.
///
/// Copies of copies double with each operation and moves can pile levels up, so both are paid for: by size, walked
/// members and depth.
private struct PatchEditor {
    var document: JSON
    /// Bytes that operations may still copy or move.
    private var bytesLeft = ParseLimits.standard.bytes
    /// Members and elements of the containers on the way that operations may still pass by.
    private var walkLeft = 50_000_000

    init(document: JSON) { self.document = document }

    mutating func perform(_ operation: JSONPatch.Operation) throws(JSONPatchError.Problem) {
        switch operation {
        case .add(let path, let value): try add(value, at: path)
        case .remove(let path): _ = try remove(path)
        case .replace(let path, let value): try replace(value, at: path)
        case .move(let path, let from):
            guard !path.isInside(from) else { throw .movedIntoItself }
            try pay(for: try find(from))
            if path != from { try add(try remove(from), at: path) }
        case .copy(let path, let from):
            let value = try find(from)
            try pay(for: value)
            try add(value, at: path)
        case .test(let path, let value):
            guard try find(path).means(value) else { throw .testFailed }
        }
    }

    private mutating func find(_ path: JSONPointer) throws(JSONPatchError.Problem) -> JSON {
        var value = document
        for token in path.tokens {
            try walk(value)
            guard let next = value.value(at: JSONPointer(tokens: [token])) else { throw .missing }
            value = next
        }
        return value
    }

    private mutating func add(_ value: JSON, at path: JSONPointer) throws(JSONPatchError.Problem) {
        try checkDepth(value, below: path)
        guard let last = path.tokens.last else { return document = value }
        let parent = JSONPointer(tokens: path.tokens.dropLast())
        try edit(parent) { (slot) throws(JSONPatchError.Problem) in
            switch slot {
            case .object: slot?[last] = value
            case .array(var elements):
                slot = .null
                let index = last == "-" ? elements.count : JSONPointer.index(last)
                guard let index, index <= elements.count else { throw .missing }
                elements.insert(value, at: index)
                slot = .array(elements)
            default: throw .missing
            }
        }
    }

    /// Puts a value in the place of another one.
    ///
    /// A member that is absent is added, as upstream's API server does; RFC 6902 wants it to be there.
    private mutating func replace(_ value: JSON, at path: JSONPointer) throws(JSONPatchError.Problem) {
        guard let last = path.tokens.last else { return try add(value, at: path) }
        var isObject = false
        try edit(JSONPointer(tokens: path.tokens.dropLast())) { (slot) throws(JSONPatchError.Problem) in
            if case .object? = slot { isObject = true }
        }
        if isObject { return try add(value, at: path) }
        try checkDepth(value, below: path)
        guard last != "-" else { throw .missing }
        try edit(path) { (slot) throws(JSONPatchError.Problem) in slot = value }
    }

    private mutating func remove(_ path: JSONPointer) throws(JSONPatchError.Problem) -> JSON {
        var removed: JSON?
        try edit(path) { (slot) throws(JSONPatchError.Problem) in
            removed = slot
            slot = nil
        }
        guard let removed else { throw .missing }
        return removed
    }
}

// MARK: - Changing in place

extension PatchEditor {
    private typealias Change = (inout JSON?) throws(JSONPatchError.Problem) -> Void

    /// Changes what is at a path; a change to nothing removes it.
    ///
    /// A failed change leaves the document broken, which is why a failed patch throws it away.
    private mutating func edit(_ path: JSONPointer, _ change: Change) throws(JSONPatchError.Problem) {
        var slot: JSON? = document
        document = .null
        try edit(&slot, path.tokens[...], change)
        document = slot ?? .null
    }

    private mutating func edit(
        _ slot: inout JSON?, _ tokens: ArraySlice<String>, _ change: Change
    ) throws(JSONPatchError.Problem) {
        guard let token = tokens.first else { return try change(&slot) }
        guard let container = slot.take() else { throw .missing }
        try walk(container)
        // Taken and consumed, so that changing the container does not copy it.
        switch consume container {
        case .object(var object):
            var member = object[token]
            guard member != nil else { throw .missing }
            object[token] = .null
            try edit(&member, tokens.dropFirst(), change)
            object[token] = member
            slot = .object(object)
        case .array(var elements):
            guard let index = JSONPointer.index(token), index < elements.count else { throw .missing }
            var element: JSON? = elements[index]
            elements[index] = .null
            try edit(&element, tokens.dropFirst(), change)
            if let element { elements[index] = element } else { elements.remove(at: index) }
            slot = .array(elements)
        default: throw .missing
        }
    }
}

// MARK: - What it may cost

extension PatchEditor {
    private mutating func walk(_ container: JSON) throws(JSONPatchError.Problem) {
        walkLeft -= 1 + (container.object?.count ?? container.array?.count ?? 0)
        guard walkLeft >= 0 else { throw .tooMuch }
    }

    private mutating func pay(for value: JSON) throws(JSONPatchError.Problem) {
        bytesLeft -= value.bytes.count
        guard bytesLeft >= 0 else { throw .tooMuch }
    }

    private func checkDepth(_ value: JSON, below path: JSONPointer) throws(JSONPatchError.Problem) {
        guard path.tokens.count + value.depth <= ParseLimits.standard.depth else { throw .tooMuch }
    }
}

extension JSON {
    /// Levels of objects and arrays: 0 for a scalar.
    fileprivate var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}
