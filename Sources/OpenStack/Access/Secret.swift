// SPDX-License-Identifier: Apache-2.0

/// A password, token or key: whoever needs the text asks for it by name; printing it shows nothing.
package struct Secret: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
