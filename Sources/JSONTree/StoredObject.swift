// SPDX-License-Identifier: Apache-2.0

/// An object as it is kept: its canonical JSON behind `"metadata":{`, and the version it is written in.
///
/// What changes with the reader (`apiVersion`, `kind`) or with the write (`resourceVersion`) is no part of it and is
/// spliced in when the object is served, so that lists and watch events copy bytes and never print trees.
/// Nothing outside this type knows the layout.
package struct StoredObject: Hashable, Sendable {
    /// The version that the bytes are written in: `v1alpha1`.
    package let version: String
    /// What follows `"metadata":{`, to the end: the name first, then the other metadata, the spec, the status.
    package let tail: [UInt8]

    package init(version: String, tail: [UInt8]) {
        self.version = version
        self.tail = tail
    }

    /// Keeps an object; its `apiVersion`, `kind` and `metadata.resourceVersion` are left out, `metadata` comes first.
    package init(_ object: JSON, version: String) {
        var metadata = JSONObject([("name", object["metadata"]?["name"] ?? "")])
        for member in object["metadata"]?.object?.members ?? [] where member.key != "resourceVersion" {
            metadata[member.key] = member.value
        }
        var rest = object.object ?? JSONObject()
        rest["apiVersion"] = nil
        rest["kind"] = nil
        rest["metadata"] = nil
        var tail = JSON.object(metadata).bytes
        tail.removeFirst()
        for member in rest.members {
            tail.append(UInt8(ascii: ","))
            JSON.print(member.key, to: &tail)
            tail.append(UInt8(ascii: ":"))
            member.value.print(to: &tail)
        }
        tail.append(UInt8(ascii: "}"))
        self.init(version: version, tail: tail)
    }
}

extension StoredObject {
    /// What stands before the resourceVersion's digits when objects of a kind are served: made once a kind and version.
    package struct Head: Hashable, Sendable {
        package let bytes: [UInt8]

        package init(apiVersion: String, kind: String) {
            let names = #"{"apiVersion":\#(JSON.string(apiVersion).text),"kind":\#(JSON.string(kind).text)"#
            bytes = Array(#"\#(names),"metadata":{"resourceVersion":""#.utf8)
        }
    }

    /// Appends the object as it is served.
    ///
    /// An object always has a name, so a comma is always right.
    package func splice(_ head: Head, revision: Int64, to output: inout [UInt8]) {
        output.append(contentsOf: head.bytes)
        output.append(contentsOf: String(revision).utf8)
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ","))
        output.append(contentsOf: tail)
    }
}
