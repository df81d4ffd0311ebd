import Figures
import Testing
