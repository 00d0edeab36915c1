"""What must survive kills, power cuts, failing disks and old copies; each harness has a control that must be caught."""
