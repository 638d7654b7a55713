"""From XPath to expressions of ours: same meaning or a refusal in words."""

from dataclasses import dataclass

from forms.exchange.xlsform.operators import Operators
from forms.exchange.xlsform.said import Said
from forms.exchange.xlsform.xpath import Call
from forms.exchange.xlsform.xpath_functions import translate_call


@dataclass
class Translator(Operators):
    """Translates expressions that stand in the rows `chain`; `own` is the question that `.` means."""

    def call(self, tree: Call) -> Said:
        return translate_call(self, tree)
