// SPDX-License-Identifier: Apache-2.0

extension CoreNamespace: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.part("spec", spec)
        try form.part("status", status)
    }
}

extension CoreNamespaceSpec: JSONForm {
    func write(to form: inout FormWriter) { form.texts("finalizers", finalizers) }
}

extension CoreNamespaceStatus: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("phase", phase)
        try form.parts("conditions", conditions)
    }
}

extension CoreNamespaceCondition: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("type", type)
        form.text("status", status)
        try form.time("lastTransitionTime", lastTransitionTime)
        form.text("reason", reason)
        form.text("message", message)
    }
}

extension CoreSecret: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        form.flag("immutable", immutable, isGiven: hasImmutable)
        form.bytes("data", data)
        form.texts("stringData", stringData)
        form.text("type", type)
    }
}

extension CoreConfigMap: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        form.flag("immutable", immutable, isGiven: hasImmutable)
        form.texts("data", data)
        form.bytes("binaryData", binaryData)
    }
}

extension CoreServiceAccount: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.parts("secrets", secrets)
        try form.parts("imagePullSecrets", imagePullSecrets)
        form.flag(
            "automountServiceAccountToken", automountServiceAccountToken, isGiven: hasAutomountServiceAccountToken)
    }
}

extension CoreObjectReference: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("kind", kind)
        form.text("namespace", namespace)
        form.text("name", name)
        form.text("uid", uid)
        form.text("apiVersion", apiVersion)
        form.text("resourceVersion", resourceVersion)
        form.text("fieldPath", fieldPath)
    }
}

extension CoreLocalObjectReference: JSONForm {
    func write(to form: inout FormWriter) { form.text("name", name) }
}

extension CoreEvent: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.givenPart("involvedObject", involvedObject)
        form.text("reason", reason)
        form.text("message", message)
        try form.part("source", source)
        try form.time("firstTimestamp", firstTimestamp)
        try form.time("lastTimestamp", lastTimestamp)
        form.number("count", count)
        form.text("type", type)
        try form.time("eventTime", eventTime)
        try form.givenPart("series", series)
        form.text("action", action)
        try form.givenPart("related", related)
        form.text("reportingComponent", reportingComponent)
        form.text("reportingInstance", reportingInstance)
    }
}

extension CoreEventSource: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("component", component)
        form.text("host", host)
    }
}

extension CoreEventSeries: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.number("count", count)
        try form.time("lastObservedTime", lastObservedTime)
    }
}
