# Makes a parent and its child, the ConfigMaps $1 and $1-child.
kubectl create configmap "$1" >/dev/null
kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: ConfigMap
metadata:
  name: $1-child
  ownerReferences:
    - {apiVersion: v1, kind: ConfigMap, name: $1, uid: $(kubectl get configmap "$1" -o jsonpath={.metadata.uid}), blockOwnerDeletion: true}
YAML
