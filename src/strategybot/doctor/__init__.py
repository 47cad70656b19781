"""What is wrong with a set-up, as findings with their remedies: one file for each family of checks.

Nothing here does any I/O: what must be known of the wiki is asked, what must be known of this machine comes in.
"""

from strategybot.doctor.examination import examine
from strategybot.doctor.finding import Finding, Severity
from strategybot.doctor.machine import Heartbeat, Machine

__all__ = ["Finding", "Heartbeat", "Machine", "Severity", "examine"]
