// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension MetaObjectMeta: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("name", name)
        form.text("generateName", generateName)
        form.text("namespace", namespace)
        form.text("selfLink", selfLink)
        form.text("uid", uid)
        form.text("resourceVersion", resourceVersion)
        form.number("generation", generation)
        try form.time("creationTimestamp", creationTimestamp)
        try form.time("deletionTimestamp", deletionTimestamp)
        form.number(
            "deletionGracePeriodSeconds", deletionGracePeriodSeconds, isGiven: hasDeletionGracePeriodSeconds)
        form.texts("labels", labels)
        form.texts("annotations", annotations)
        try form.parts("ownerReferences", ownerReferences)
        form.texts("finalizers", finalizers)
        try form.parts("managedFields", managedFields)
    }
}

extension MetaOwnerReference: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("apiVersion", apiVersion)
        form.text("kind", kind)
        form.text("name", name)
        form.text("uid", uid)
        form.flag("controller", controller, isGiven: hasController)
        form.flag("blockOwnerDeletion", blockOwnerDeletion, isGiven: hasBlockOwnerDeletion)
    }
}

extension MetaManagedFieldsEntry: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.text("manager", manager)
        form.text("operation", operation)
        form.text("apiVersion", apiVersion)
        try form.time("time", time)
        form.text("fieldsType", fieldsType)
        if hasFieldsV1, !fieldsV1.raw.isEmpty { form.add("fieldsV1", try fields) }
        form.text("subresource", subresource)
    }

    /// The field set, which is JSON inside the message.
    private var fields: JSON {
        get throws(UnreadableMessage) {
            do { return try JSON(parsing: Array(fieldsV1.raw)) } catch {
                throw UnreadableMessage("fieldsV1 of a managed fields entry is no JSON: \(error)")
            }
        }
    }
}

extension MetaLabelSelector: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.texts("matchLabels", matchLabels)
        try form.parts("matchExpressions", matchExpressions)
    }
}

extension MetaLabelSelectorRequirement: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("key", key)
        form.text("operator", `operator`)
        form.texts("values", values)
    }
}

extension MetaFieldSelectorRequirement: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("key", key)
        form.text("operator", `operator`)
        form.texts("values", values)
    }
}

extension MetaDeleteOptions: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        form.number("gracePeriodSeconds", gracePeriodSeconds, isGiven: hasGracePeriodSeconds)
        try form.part("preconditions", preconditions, isGiven: hasPreconditions)
        form.flag("orphanDependents", orphanDependents, isGiven: hasOrphanDependents)
        form.text("propagationPolicy", propagationPolicy, isGiven: hasPropagationPolicy)
        form.texts("dryRun", dryRun)
    }
}

extension MetaPreconditions: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("uid", uid, isGiven: hasUid)
        form.text("resourceVersion", resourceVersion, isGiven: hasResourceVersion)
    }
}
