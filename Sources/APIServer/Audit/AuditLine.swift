// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Prints the members of one JSON object as they come: a record is written twice a request, and a tree only for that is
/// dearer than the record.
struct AuditLine {
    private var bytes: [UInt8] = []

    /// The object with all members that were added.
    var text: [UInt8] { bytes + [UInt8(ascii: "}")] }

    init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

    /// Adds a text; names are plain words and need no escapes.
    mutating func add(_ name: StaticString, _ text: String) {
        begin(name)
        JSON.print(text, to: &bytes)
    }

    mutating func add(_ name: StaticString, _ value: JSON) {
        begin(name)
        value.print(to: &bytes)
    }

    mutating func add(_ name: StaticString, _ texts: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.print(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Adds an object of its own.
    mutating func add(_ name: StaticString, members: (inout AuditLine) -> Void) {
        begin(name)
        var inner = AuditLine(capacity: 256)
        members(&inner)
        bytes += inner.text
    }

    private mutating func begin(_ name: StaticString) {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
