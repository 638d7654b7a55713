"""What is different between two versions of a form, in sentences, and how typed answers go on to the newer one."""

from forms.changes.change import EFFECTS, Change, Effect
from forms.changes.comparing import difference
from forms.changes.losses import Loss
from forms.changes.moving import moved_raw, no_longer_asked

__all__ = ["EFFECTS", "Change", "Effect", "Loss", "difference", "moved_raw", "no_longer_asked"]
