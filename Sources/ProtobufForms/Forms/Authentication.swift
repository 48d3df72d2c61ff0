// SPDX-License-Identifier: Apache-2.0

extension AuthenticationTokenRequest: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthenticationTokenRequestSpec: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.texts("audiences", audiences)
        form.number("expirationSeconds", expirationSeconds, isGiven: hasExpirationSeconds)
        try form.part("boundObjectRef", boundObjectRef, isGiven: hasBoundObjectRef)
    }
}

extension AuthenticationBoundObjectReference: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("kind", kind)
        form.text("apiVersion", apiVersion)
        form.text("name", name)
        form.text("uid", uID)
    }
}

extension AuthenticationTokenReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthenticationTokenReviewSpec: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("token", token)
        form.texts("audiences", audiences)
    }
}

extension AuthenticationSelfSubjectReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) { try form.part("metadata", metadata) }
}
