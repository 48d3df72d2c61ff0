// SPDX-License-Identifier: Apache-2.0

/// Why a protobuf body cannot be read; the words are for whoever sent it.
package struct UnreadableMessage: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
