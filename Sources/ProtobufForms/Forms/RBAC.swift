// SPDX-License-Identifier: Apache-2.0

extension RBACRole: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.parts("rules", rules)
    }
}

extension RBACClusterRole: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.parts("rules", rules)
        try form.part("aggregationRule", aggregationRule, isGiven: hasAggregationRule)
    }
}

extension RBACRoleBinding: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.parts("subjects", subjects)
        try form.part("roleRef", roleRef)
    }
}

extension RBACClusterRoleBinding: ObjectForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.part("metadata", metadata)
        try form.parts("subjects", subjects)
        try form.part("roleRef", roleRef)
    }
}

extension RBACPolicyRule: JSONForm {
    func write(to form: inout FormWriter) {
        form.texts("verbs", verbs)
        form.texts("apiGroups", apiGroups)
        form.texts("resources", resources)
        form.texts("resourceNames", resourceNames)
        form.texts("nonResourceURLs", nonResourceUrls)
    }
}

extension RBACAggregationRule: JSONForm {
    func write(to form: inout FormWriter) throws(UnreadableMessage) {
        try form.parts("clusterRoleSelectors", clusterRoleSelectors)
    }
}

extension RBACSubject: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("kind", kind)
        form.text("apiGroup", apiGroup)
        form.text("name", name)
        form.text("namespace", namespace)
    }
}

extension RBACRoleRef: JSONForm {
    func write(to form: inout FormWriter) {
        form.text("apiGroup", apiGroup)
        form.text("kind", kind)
        form.text("name", name)
    }
}
