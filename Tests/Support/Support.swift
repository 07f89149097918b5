import Annona
