// SPDX-License-Identifier: Apache-2.0

import SwiftProtobuf

/// A message that has a form in JSON.
protocol JSONForm {
    /// Writes the members that the object has in JSON, in the order of the public documentation.
    func write(to form: inout FormWriter) throws(UnreadableMessage)
}

/// The message of a whole object.
protocol ObjectForm: JSONForm, Message {}
