// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension AuthorizationSubjectAccessReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthorizationLocalSubjectAccessReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthorizationSubjectAccessReviewSpec: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.givenPart("resourceAttributes", resourceAttributes)
        try form.part("nonResourceAttributes", nonResourceAttributes, isGiven: hasNonResourceAttributes)
        form.text("user", user)
        form.texts("groups", groups)
        form.table("extra", extra.mapValues { .array($0.items.map(JSON.string)) })
        form.text("uid", uid)
    }
}

extension AuthorizationSelfSubjectAccessReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthorizationSelfSubjectAccessReviewSpec: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("resourceAttributes", resourceAttributes, isGiven: hasResourceAttributes)
        try form.part("nonResourceAttributes", nonResourceAttributes, isGiven: hasNonResourceAttributes)
    }
}

extension AuthorizationResourceAttributes: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("namespace", namespace)
        form.text("verb", verb)
        form.text("group", group)
        form.text("version", version)
        form.text("resource", resource)
        form.text("subresource", subresource)
        form.text("name", name)
        try form.part("fieldSelector", fieldSelector, isGiven: hasFieldSelector)
        try form.part("labelSelector", labelSelector, isGiven: hasLabelSelector)
    }
}

extension AuthorizationNonResourceAttributes: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("path", path)
        form.text("verb", verb)
    }
}

extension AuthorizationFieldSelectorAttributes: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("rawSelector", rawSelector)
        try form.parts("requirements", requirements)
    }
}

extension AuthorizationLabelSelectorAttributes: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("rawSelector", rawSelector)
        try form.parts("requirements", requirements)
    }
}

extension AuthorizationSelfSubjectRulesReview: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec, isGiven: true)
    }
}

extension AuthorizationSelfSubjectRulesReviewSpec: JSONForm {
    func write(to form: inout FormWriter) { form.text("namespace", namespace) }
}
